"""Lineage: the same demand to a State through bodies and years, as stored threads."""
