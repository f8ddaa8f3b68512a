"""The WSGI door: ``granian --interface wsgi smallplaces_site.project.wsgi:application``."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smallplaces_site.project.settings")

application = get_wsgi_application()


def _warm() -> None:
    """Load what the first question would wait for (the Korean analyser takes seconds), while pages are served."""
    from smallplaces_site.corpus.index import engine  # noqa: PLC0415  # after the settings are known

    engine().warm()


Thread(target=_warm, name="warm", daemon=True).start()
