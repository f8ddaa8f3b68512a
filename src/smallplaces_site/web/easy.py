"""Easy reading: the plain guide stands open before the text. As the address says, else as it was chosen last.

A cookie of our own remembers the choice: one digit and nothing else. It needs no script.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

COOKIE = "easy"
_KEPT = 180 * 24 * 3600  # seconds


def wanted(request: HttpRequest) -> bool:
    """Whether the guide is to stand open."""
    asked = request.GET.get("easy", "")
    return (asked if asked in {"0", "1"} else request.COOKIES.get(COOKIE, "")) == "1"


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Keep what the address chose, or forget it where the address says no."""
    match request.GET.get("easy", ""):
        case "1":
            response.set_cookie(COOKIE, "1", _KEPT, secure=request.is_secure(), httponly=True, samesite="Lax")
        case "0":
            response.delete_cookie(COOKIE, samesite="Lax")
