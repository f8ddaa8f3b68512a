"""The site's settings for tests: the same ones, over a home folder that is thrown away."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="smallplaces-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["SMALLPLACES_HOME"] = _home

from smallplaces_site.catalogues import compile_catalogues  # noqa: E402  # after the settings
from smallplaces_site.project.settings import *  # noqa: E402, F403  # after the home is set

compile_catalogues()
