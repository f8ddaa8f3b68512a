"""Lineage: which demands made to one State, by whatever body and in whatever year, ask the same thing.

``asks`` cuts a demand into what it asks; ``families`` knows demands that are made again and again, in whatever words;
``likeness`` compares the others; ``threads`` joins what is the same. Reads: data/*.yml. Writes: nothing.
"""

from smallplaces.enrich.lineage.demand import Demand, Member, Ruling, Thread
from smallplaces.enrich.lineage.families import thread_name
from smallplaces.enrich.lineage.threads import METHOD, VERSION, find_threads

__all__ = ["METHOD", "VERSION", "Demand", "Member", "Ruling", "Thread", "find_threads", "thread_name"]
