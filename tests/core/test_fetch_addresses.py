"""No request leads into a private network: what is public, what wraps a private address, what a name may lead to."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core import fetch_server as server

from smallplaces.errors import Unreachable
from smallplaces.sources import addresses
from smallplaces.sources.exchange import Manners, RetryError, ask
from smallplaces.sources.http import Client, Wanted

NAME = "documents.example.org"
PRIVATE = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1", "100::1"),
    # IPv6 addresses that stand for 127.0.0.1, 10.0.0.1 or 169.254.169.254
    *("::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "::10.0.0.1", "2002:7f00:1::", "2002:a00:1::1"),
    *(
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a00:1",
        "::ffff:0:127.0.0.1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
    ),
    # no addresses at all
    *("", "localhost", "127.1", "0x7f000001", "2130706433", "127.0.0.1:80", "[::1]"),
]
PUBLIC = [
    "8.8.8.8",
    "1.1.1.1",
    "157.150.34.66",
    "2606:4700::1111",
    "2a00:1450::1",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_private(text: str) -> None:
    assert not addresses.is_public(text)


@pytest.mark.parametrize("text", [address for address in PUBLIC if not address.startswith("::ffff")])
def test_public(text: str) -> None:
    assert addresses.is_public(text)


@given(st.ip_addresses(v=4))
def test_no_wrapping_makes_a_private_address_public(inner: object) -> None:
    if addresses.is_public(str(inner)):
        return
    packed = int(inner)  # type: ignore[call-overload]
    for prefix, shift in ((0x0064FF9B << 96, 0), (0xFFFF << 32, 0), (0, 0), (0x2002 << 112, 80)):
        wrapped = str(addresses.ipaddress.IPv6Address(prefix | packed << shift))
        assert not addresses.is_public(wrapped), wrapped


def known(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
    """The resolver answers these to a name, one after another, and the last from then on. Addresses stay addresses."""
    left = list(answers)
    real = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *rest: Any, **options: Any) -> list[Any]:
        if host != NAME:
            return real(host, port, *rest, **options)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_one_private_address_spoils_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(Unreachable, match=r"leads to 10\.0\.0\.1, which is not a public address"):
        addresses.resolve(NAME, 443)
    known(monkeypatch, ["8.8.8.8", "1.1.1.1", "8.8.8.8"])
    assert addresses.resolve(NAME, 443) == ["8.8.8.8", "1.1.1.1"]


def test_a_name_that_does_not_exist() -> None:
    with pytest.raises(Unreachable, match="no address is known"):
        addresses.resolve("does-not-exist.invalid", 443)


@pytest.fixture
def site() -> Iterator[server.Site]:
    with server.serving() as site:
        yield site


def test_a_name_that_changes_its_meaning_is_asked_once(
    monkeypatch: pytest.MonkeyPatch, site: server.Site, tmp_path: Path
) -> None:
    """DNS rebinding: a public address when it is checked, loopback when it would be connected to."""
    port = int(site.url.rpartition(":")[2])
    site.put("/x.pdf", server.well_kept())
    known(monkeypatch, ["192.0.2.7"], ["127.0.0.1"])
    monkeypatch.setattr(addresses, "is_public", lambda text: text == "192.0.2.7")  # an address that goes nowhere
    manners = Manners(connecting=0.3, beginning=1.0)
    with (
        httpx.Client(timeout=httpx.Timeout(1.0, connect=0.3), trust_env=False) as web,
        pytest.raises(RetryError),
        ask(web, f"http://{NAME}:{port}/x.pdf", {}, manners),
    ):
        pass
    assert site.asked == []


def test_the_host_keeps_its_name(monkeypatch: pytest.MonkeyPatch, site: server.Site) -> None:
    """The connection goes to the checked address, and the server is still asked by its name."""
    port = int(site.url.rpartition(":")[2])
    site.put("/x", server.plain())
    known(monkeypatch, ["127.0.0.1"])
    with (
        httpx.Client(trust_env=False) as web,
        ask(web, f"http://{NAME}:{port}/x", {}, Manners(), private=True) as response,
    ):
        assert response.status_code == 200
    assert site.asked[0].headers["Host"] == f"{NAME}:{port}"


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://[::1]/x", "http://localhost/x", "http://169.254.169.254/latest", "http://0/x"],
)
def test_private_addresses_are_not_asked(tmp_path: Path, address: str) -> None:
    with Client(tmp_path) as client, pytest.raises(Unreachable, match=r"not a public address|no address is known"):
        client.fetch(Wanted(address))
