"""How a thread is cited in print, in English and in Korean style. Reads: a thread. Writes: nothing."""

from __future__ import annotations

from datetime import date

from smallplaces_site.corpus.titles import state_name
from smallplaces_site.lineage.read import ThreadView


def english(thread: ThreadView, *, address: str, version: str, seen: date) -> str:
    """“Name” (State), asked so many times, years, with data version, address and the day it was seen."""
    times = "once" if thread.asked == 1 else f"{thread.asked} times"
    years = _years(thread, "–")
    what = f"“{thread.name('en')}” ({state_name(thread.state, 'en')}), asked {times}{f', {years}' if years else ''}"
    return f"Small Places, {what}, data version {version}, {address} (accessed {seen.day} {seen:%B %Y})"


def korean(thread: ThreadView, *, address: str, version: str, seen: date) -> str:
    """「이름」(국가), 횟수, 연도, 자료 버전, 주소, 확인한 날."""
    years = _years(thread, "~")
    when = f", {years}년" if years else ""
    what = f"「{thread.name('ko')}」({state_name(thread.state, 'ko')}), {thread.asked}회 권고{when}"
    return f"Small Places, {what}, 자료 버전 {version}, {address} ({seen.year}. {seen.month}. {seen.day}. 확인)"


def _years(thread: ThreadView, dash: str) -> str:
    return thread.since if thread.since == thread.until else f"{thread.since}{dash}{thread.until}"
