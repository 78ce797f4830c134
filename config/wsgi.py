"""The WSGI application: `ROOT_URLCONF` says whether it is the staff site or the public one."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def share_figures() -> None:
    """One folder for all workers of this server (their parent names it), so that any can answer for all.

    Before anything of Django is loaded: the metrics library looks for it once. A folder that somebody else
    put there is not used; each worker then answers for itself.
    """
    folder = Path(tempfile.gettempdir()) / f"harbour-metrics-{os.getuid()}-{os.getppid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid == os.getuid():
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(folder))


if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    share_figures()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - after the folder is named

application = get_wsgi_application()
