"""A set of row ids as a bitmap: a million of them in 125 KB, so that a whole export can be remembered."""

from __future__ import annotations


class Seen:
    """Row ids met during one run."""

    def __init__(self) -> None:
        self._bits = bytearray()

    def add(self, number: int) -> None:
        """Remember a row id (a natural number)."""
        byte = number >> 3
        if byte >= len(self._bits):
            self._bits.extend(bytes(byte - len(self._bits) + 4096))
        self._bits[byte] |= 1 << (number & 7)

    def __contains__(self, number: int) -> bool:
        byte = number >> 3
        return byte < len(self._bits) and bool(self._bits[byte] & (1 << (number & 7)))
