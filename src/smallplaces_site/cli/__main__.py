"""``python -m smallplaces_site.cli`` is ``smallplaces``."""

from smallplaces_site.cli.main import main

main()
