"""Which level of government a recommendation is for, and why."""

from smallplaces.enrich.route.decide import METHOD, VERSION, route, verdict_for
from smallplaces.enrich.route.verdict import VERDICTS, Reason, Route

__all__ = ["METHOD", "VERDICTS", "VERSION", "Reason", "Route", "route", "verdict_for"]
