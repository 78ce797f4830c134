"""The WSGI application: `ROOT_URLCONF` says whether it is the staff site or the public one."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
