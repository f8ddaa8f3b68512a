"""What a committee's text says about days: when the follow-up report, the next report and the next list are due."""

from smallplaces.enrich.deadlines.read import VERSION, Due, FollowsFrom, day_of, read_deadlines

__all__ = ["VERSION", "Due", "FollowsFrom", "day_of", "read_deadlines"]
