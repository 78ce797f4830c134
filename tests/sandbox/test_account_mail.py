"""Mail about an account goes the same way as any other, over SMTP, and arrives in the viewer."""

import pytest
from django.test import Client
from django.urls import reverse

from foundation.messaging import services as messaging
from foundation.messaging.models import Message

pytestmark = pytest.mark.django_db


def test_a_forgotten_password_leads_to_an_email_in_the_viewer(provider, met_officer) -> None:
    answer = Client().post(reverse("account_reset_password"), {"email": met_officer.user.email})
    assert answer.status_code == 302

    for pk in Message.objects.filter(channel="email").values_list("pk", flat=True):
        messaging.send_one(message_id=pk)

    (mail,) = provider.mails(to=met_officer.user.email)
    assert "http" in mail["plain"]
    assert met_officer.user.email not in mail["subject"]
