"""The WSGI door: ``granian --interface wsgi smallplaces_site.project.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smallplaces_site.project.settings")

application = get_wsgi_application()
