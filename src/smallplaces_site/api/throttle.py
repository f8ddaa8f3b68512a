"""How often one address may ask: a fixed window, counted in this process.

Each server process counts for itself, without a cache to share: the aim is that nobody's loop starves the others,
not accounting.
"""

from __future__ import annotations

import time
from collections import Counter
from threading import Lock

from django.http import HttpRequest
from ninja.throttling import BaseThrottle


class Window(BaseThrottle):
    """At most ``number`` requests of one address in every ``seconds``.

    ``proxies``: how many proxies before the site are ours. Only what they add to X-Forwarded-For is believed.
    """

    def __init__(self, number: int, seconds: int, proxies: int = 0) -> None:
        self.number = number
        self.seconds = seconds
        self._proxies = proxies
        self._window = 0
        self._counts: Counter[str] = Counter()
        self._lock = Lock()

    def allow_request(self, request: HttpRequest) -> bool:
        """Count this request; whether it may pass."""
        address = self._address(request)
        window = int(time.time()) // self.seconds
        with self._lock:
            if window != self._window:
                self._window = window
                self._counts.clear()
            self._counts[address] += 1
            return self._counts[address] <= self.number

    def wait(self) -> float:
        """Seconds until the next window opens."""
        return self.seconds - time.time() % self.seconds

    def _address(self, request: HttpRequest) -> str:
        address = str(request.META.get("REMOTE_ADDR", ""))
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if not self._proxies or not forwarded:
            return address
        return str(forwarded[-min(self._proxies, len(forwarded))])
