"""Small Places: what the international human rights system says, brought close to home.

This package is pure knowledge of documents: it knows no web framework and no application
database. Everything about people and storage lives in ``smallplaces_site``.
"""

__version__ = "0.1.0"
