"""Whoever turns to the helpline by e-mail: from the provider's call to our answer in their mail box."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from families.enums import PointKind
from families.helpline import policies, services
from families.helpline.models import HelplineContact, HelplineMail
from families.models import ContactRecord
from families.services import cases, points, writing
from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid, NotVisible
from foundation.messaging import services as messaging
from foundation.messaging.models import Inbound, Message
from foundation.messaging.tasks import read_callbacks
from tests.families.conftest import reach
from tests.foundation.messaging.mailing import mail_in, reply_to

pytestmark = pytest.mark.django_db
AMY, MOTHER = "amy@example.org", "ngozi@example.org"


def comes_in(sender: str, words: str, /, **given: object) -> None:
    mail_in(sender, words, **given)
    read_callbacks()
    assert not Inbound.objects.filter(handed_at__isnull=True).exists()


def answer(who, contact: HelplineContact, words: str = "We are here. Are you safe?") -> HelplineMail:
    return services.answer_mail(actor=who.actor, contact_id=contact.pk, words=words, form_token=uuid4())


@pytest.fixture
def written_to(provider, mother, family_worker) -> ContactRecord:
    """An e-mail of ours to the mother."""
    point = reach(family_worker, mother, MOTHER, PointKind.EMAIL)
    return writing.write_to(
        actor=family_worker.actor,
        member_id=mother.pk,
        point_id=point.pk,
        words="I ring at six.",
        subject="Our call",
        form_token=uuid4(),
    )


def test_a_mail_begins_an_anonymous_contact_with_the_clock_of_an_hour(caseworker) -> None:
    comes_in(f"Amy Brown <{AMY}>", "I ran away and it is cold.", files=1)

    contact = HelplineContact.objects.get()
    assert (contact.channel, contact.caller, contact.status) == ("email", "unknown", "unclaimed")
    assert (contact.is_anonymous, contact.name, contact.reach_by, contact.begun_by) == (True, "", "", None)
    (mail,) = contact.mails.all()
    assert mail.words == "I ran away and it is cold.\n\n[One file came with this e-mail. No file is kept.]"
    assert (contact.answer_due_at - mail.at).total_seconds() == 3600
    entry = AuditEvent.objects.get(action="helpline.mail_received")
    assert (entry.target_id, list(entry.fields)) == (contact.pk, ["mails"])


def test_it_is_answered_and_what_they_answer_comes_back_to_the_contact(provider, caseworker) -> None:
    comes_in(AMY, "I am cold.")
    contact = HelplineContact.objects.get()

    answer(caseworker, contact)
    contact.refresh_from_db()
    assert contact.answer_due_at is None
    message = Message.objects.get()
    messaging.send_one(message_id=message.pk)
    messaging.tell_all()
    (got,) = provider.mails(to=AMY)
    assert (got["subject"], got["reply_to"]) == ("Your e-mail to us", reply_to(message))
    assert contact.mails.get(direction="out").sent_at is not None

    comes_in(AMY, "Yes. Thank you.", recipient=got["reply_to"])

    contact.refresh_from_db()
    assert [mail.direction for mail in contact.mails.all()] == ["in", "out", "in"]
    assert contact.answer_due_at is not None
    assert HelplineContact.objects.count() == 1


def test_another_mail_keeps_the_first_clock_and_no_colleague_s_notes_are_lost(caseworker) -> None:
    comes_in(AMY, "First")
    contact = HelplineContact.objects.get()
    comes_in(AMY, "Second")

    assert HelplineContact.objects.get().answer_due_at == contact.answer_due_at
    saved = services.save_notes(
        actor=caseworker.actor, contact_id=contact.pk, version=contact.version, notes="Cold.", answers={}
    )
    assert saved.notes == "Cold."


def test_a_closed_contact_stays_closed_and_another_begins(caseworker) -> None:
    comes_in(AMY, "First")
    first = HelplineContact.objects.get()
    services.close_contact(actor=caseworker.actor, contact_id=first.pk, reason="Safe at home.")

    comes_in(AMY, "Again")

    assert set(HelplineContact.objects.values_list("status", flat=True)) == {"closed", "unclaimed"}


def test_the_same_form_twice_is_one_answer_and_an_empty_one_is_none(caseworker) -> None:
    comes_in(AMY, "Hello")
    contact, token = HelplineContact.objects.get(), uuid4()
    both = {
        services.answer_mail(
            actor=caseworker.actor, contact_id=contact.pk, words="Here.", form_token=token
        ).pk
        for _ in range(2)
    }
    assert (len(both), Message.objects.count()) == (1, 1)
    with pytest.raises(Invalid):
        answer(caseworker, contact, "  ")


def test_an_answer_of_a_relative_lands_in_their_thread(written_to, mother) -> None:
    message = Message.objects.get()
    messaging.send_one(message_id=message.pk)

    comes_in(MOTHER, "Six is good.", recipient=reply_to(message), subject="Re: Our call")

    row = ContactRecord.objects.get(direction="in")
    assert (row.member, row.channel, row.subject, row.words) == (
        mother,
        "email",
        "Re: Our call",
        "Six is good.",
    )
    assert row.point.value == MOTHER
    assert not HelplineContact.objects.exists()


def test_an_answer_from_an_address_that_is_not_theirs_goes_to_the_helpline(written_to) -> None:
    message = Message.objects.get()
    messaging.send_one(message_id=message.pk)

    comes_in("stepfather@example.org", "She is with me.", recipient=reply_to(message))

    assert not ContactRecord.objects.filter(direction="in").exists()
    contact = HelplineContact.objects.get()
    assert (contact.is_anonymous, contact.mails.get().words) == (True, "She is with me.")


def test_a_relative_out_of_nowhere_is_known_and_a_narrowed_family_stays_unknown(
    written_to, case, family_worker
) -> None:
    comes_in(MOTHER, "Please ring me.")
    contact = HelplineContact.objects.get()
    assert (contact.is_anonymous, contact.name, contact.caller) == (False, "Ngozi Bright", "relative")

    HelplineContact.objects.all().delete()
    cases.narrow_case(actor=family_worker.actor, case_id=case.pk, reason="They are known to us.")
    comes_in(MOTHER, "Please ring me, Ngozi.")
    contact = HelplineContact.objects.get()
    assert (contact.is_anonymous, contact.name, contact.reach_by) == (True, "", "")


def test_what_comes_from_an_unsafe_address_is_kept_and_never_answered(
    provider, written_to, mother, family_worker, caseworker
) -> None:
    comes_in(MOTHER, "Is anybody there?")
    contact = HelplineContact.objects.get()
    waiting = answer(caseworker, contact)

    point = mother.points.get(value_key__gt="", kind=PointKind.EMAIL)
    points.mark_unsafe(actor=family_worker.actor, point_id=point.pk, why="He reads her e-mail.")

    assert services.may_answer(contact).code == "unsafe"
    with pytest.raises(Refused, match="unsafe"):
        answer(caseworker, contact)
    messaging.send_one(message_id=waiting.message_id)
    assert Message.objects.get(pk=waiting.message_id).status == "cancelled"
    assert provider.mails(to=MOTHER) == []

    comes_in(MOTHER, "Hello?")
    assert contact.mails.count() == 3


def test_one_that_was_forgotten_or_asked_for_no_more_gets_none(caseworker) -> None:
    comes_in(AMY, "Hello")
    contact = HelplineContact.objects.get()
    messaging.suppress(actor=caseworker.actor, service="helpline", channel="email", to=AMY, cause="helpline")
    assert services.may_answer(contact).code == "opted_out"
    Inbound.objects.update(sender="", sender_key="")
    assert services.may_answer(contact).code == "no_mail"


def test_nobody_but_the_helpline_learns_of_it(caseworker, met_officer, publicity_officer) -> None:
    comes_in(AMY, "Hello")
    contact = HelplineContact.objects.get()
    for who in (met_officer, publicity_officer):
        with pytest.raises(NotVisible):
            answer(who, contact)
        page = who.sign_in(Client()).get(reverse("helpline:answer", args=[contact.reference]))
        assert page.status_code in {403, 404}
    assert policies.may_work_on(caseworker.actor, contact) is None


def test_the_page_shows_the_mails_and_sends_an_answer(caseworker) -> None:
    comes_in(AMY, "I am <b>cold</b>.")
    contact = HelplineContact.objects.get()
    browser = caseworker.sign_in(Client())

    page = browser.get(reverse("helpline:contact", args=[contact.reference])).content.decode()
    assert "I am &lt;b&gt;cold&lt;/b&gt;." in page
    assert AMY not in page
    form = browser.get(reverse("helpline:answer", args=[contact.reference]))
    assert form.status_code == 200
    sent = browser.post(
        reverse("helpline:answer", args=[contact.reference]), {"form_token": str(uuid4()), "words": "Here."}
    )
    assert sent.status_code == 302
    assert contact.mails.get(direction="out").words == "Here."
    assert "On its way" in browser.get(sent["Location"]).content.decode()
