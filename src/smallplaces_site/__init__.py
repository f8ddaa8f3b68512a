"""The thin Django site over :mod:`smallplaces`: store, change log, pages, API, command line."""
