"""One file a mutation. Pages, API, command line and jobs call these; nothing else writes."""
