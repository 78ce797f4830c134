"""The stand-in text and mail provider of the demonstration and the tests. Never part of production."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

if settings.IS_PRODUCTION:
    raise ImproperlyConfigured("foundation.sandbox cannot be loaded where HARBOUR_ENV is production.")
