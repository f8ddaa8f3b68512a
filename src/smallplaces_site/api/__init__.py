"""The programming interface, ``/api/v1``: the same reads as the pages, for machines."""
