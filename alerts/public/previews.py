"""The public page of an alert before it is out, by the function that makes it. Nothing of it is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from alerts.deadlines import expires_at
from alerts.models import AlertContent, ChildRescueAlert
from alerts.public import addresses, pages
from alerts.public.models import PublicAlert
from alerts.public.selectors import Shown, shown_from
from alerts.public.telling import NONE
from alerts.selectors import picture_name
from foundation.places.models import Area


def page_of(alert: ChildRescueAlert, content: AlertContent, area_ids: Sequence[int], language: str) -> str:
    """The page in a language that there are words in, its picture from here and its links leading there.

    Raises `KeyError` for another language.
    """
    shown = _shown(alert, content, area_ids)
    if language not in shown.words:
        raise KeyError(language)
    made = pages.page(shown, language)
    picture = reverse("alerts:picture", args=[alert.reference, content.number])
    made = re.sub(rf"/alerts/{re.escape(alert.token)}/picture\.[\w.-]+\.jpg", picture, made)
    there = addresses.absolute("")
    return re.sub(rf'(<a [^>]*href=")(?=/(?!{settings.STATIC_URL[1:]}))', rf"\g<1>{there}", made)


def _shown(alert: ChildRescueAlert, content: AlertContent, area_ids: Sequence[int]) -> Shown:
    """As the window would tell it, were it issued at this moment."""
    now = timezone.now()
    row = PublicAlert(
        alert_id=alert.pk,
        token=alert.token,
        reference=alert.reference,
        notice_id=NONE,
        issued_at=alert.issued_at or now,
        changed_at=now if alert.issued_at else alert.issued_at or now,
        expires_at=alert.expires_at or expires_at(now),
        area_ids=list(area_ids),
        picture_name=picture_name(content) or None,
    )
    names = ("first_name", "age", "clothing", "last_seen_place", "suspect", "vehicle", "polygon")
    said = {name: getattr(content, name) for name in names}
    said |= {
        "last_seen_at": content.last_seen_at.isoformat() if content.last_seen_at else None,
        "alt_text": content.alt_text,
        "alt_text_cy": content.alt_text_cy,
        "has_picture": row.picture_name is not None,
        "wordings": list(content.wordings.values("language", "headline", "description", "instruction")),
    }
    places = Area.objects.filter(pk__in=area_ids).values_list("pk", "name", "code")
    return shown_from(row, said, {pk: (name, code) for pk, name, code in places})
