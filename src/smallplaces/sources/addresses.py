"""Which network addresses may be asked: public ones alone, and each is looked at before a connection goes there.

A name is resolved once, every address it has is checked, and the connection goes to a checked address and to no other.
So neither a redirect nor a name that changes its meaning between two look-ups (DNS rebinding) leads into a private
network. The one exception is a mirror that a person named.
"""

from __future__ import annotations

import ipaddress
import socket
from ipaddress import IPv4Address, IPv6Address

from smallplaces.errors import Unreachable

# Ranges of IPv6 that carry an IPv4 address in their last 32 bits (RFC 6052, RFC 4291, RFC 8215), and at bit 16 (6to4).
_CARRY_LAST = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))
_SITE_LOCAL = ipaddress.IPv6Network("fec0::/10")  # deprecated, and private (RFC 3879)


def is_public(text: str) -> bool:
    """Whether an IP address is on the public network, whatever other address it wraps. False for what is no address."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return _public(address)


def _public(address: IPv4Address | IPv6Address) -> bool:
    if not address.is_global or address.is_multicast or address.is_unspecified or address.is_loopback:
        return False
    if isinstance(address, IPv4Address):
        return not address.is_reserved
    if address in _SITE_LOCAL:
        return False
    return all(_public(inner) for inner in _wrapped(address))


def _wrapped(address: IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _CARRY_LAST):
        inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [each for each in inner if each is not None]


def resolve(host: str, port: int, *, private: bool = False) -> list[str]:
    """The IP addresses of a host, each of them public unless ``private`` is allowed.

    Raises :class:`Unreachable` when there is none, or when any of them is not public: a name with one good and one
    private address is a trap, not a choice.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"no address is known for {host}", where=host) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    bad = [address for address in addresses if not is_public(address)]
    if bad and not private:
        raise Unreachable(f"{host} leads to {bad[0]}, which is not a public address; it is not asked", where=host)
    return addresses
