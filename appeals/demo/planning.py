"""Putting the demonstration's appeals on the agenda, by the verbs people use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from django.utils import timezone

from appeals import services
from appeals.demo.cases import BY_KEY
from appeals.demo.feeds import share_by_feed
from appeals.demo.portraits import portrait
from appeals.models import Appeal, Sighting
from appeals.selectors import newest_content
from appeals.services import sightings
from appeals.services.calling import start_clock
from foundation.actors import Actor
from foundation.clock import in_london
from foundation.past import Agenda, Step
from missingcases import services as cases
from missingcases.demo import History
from missingcases.models import Incident

PUBLICITY, SECOND = "charity.publicity", "charity.manager"
OFFICER, SUPERVISOR, INSPECTOR = "met.officer", "met.supervisor", "met.inspector"


class Appeals:
    """The steps, by the keys of `missingcases.demo`."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.appeals: dict[str, int] = {}
        self.sightings: dict[str, str] = {}

    def by(self, mailbox: str) -> Actor:
        """Somebody of the demonstration."""
        return self.history.actor(mailbox)

    def ask(self, key: str) -> None:
        """The force asks, with a photo of the record."""
        shown, incident_id = BY_KEY[key], self.history.incidents[key]
        incident = Incident.objects.select_related("person", "last_seen_area").get(pk=incident_id)
        since = in_london(incident.last_seen_at or incident.reported_at).date()
        area_id = incident.last_seen_area_id or 0
        photo = cases.add_photo(
            actor=self.by(OFFICER),
            incident_id=incident_id,
            content=portrait(key, grey=shown.grey),
            alt_text=shown.alt_text,
            consent="yes",
            consent_by="The family",
            consent_on=timezone.localdate(),
        )
        appeal = services.ask_for_appeal(
            actor=self.by(OFFICER),
            incident_id=incident_id,
            form_token=None,
            kind=shown.kind,
            reason=shown.reason,
            police_view="We support publicity now.",
            content=services.ContentDetails(
                first_name=incident.person.given_names,
                surname=incident.person.family_name,
                age=incident.age_at_report,
                missing_since=since,
                area_id=area_id,
                wordings=(services.Words(description=shown.description, clothing=shown.clothing),),
            ),
            area_ids=[area_id],
        )
        services.offer_photo(actor=self.by(OFFICER), appeal_id=appeal.pk, photo_reference=photo.reference)
        self.appeals[key] = appeal.pk

    def draft(self, key: str) -> None:
        """The charity takes it up, checks the risk and writes the content."""
        shown, pk, desk = BY_KEY[key], self.appeals[key], self.by(PUBLICITY)
        services.take_up(actor=desk, appeal_id=pk)
        services.check_risk(
            actor=desk,
            appeal_id=pk,
            words=shown.risk,
            balance="What the public may see outweighs it. The words say nothing of health or home.",
            no_publicity=(),
        )
        services.record_view(
            actor=desk, appeal_id=pk, party="person", stance="unsure", words="They would want to be found."
        )
        first, appeal = newest_content(Appeal.objects.get(pk=pk)), Appeal.objects.get(pk=pk)
        if first is None:
            return
        services.save_content(
            actor=desk,
            appeal_id=pk,
            details=services.ContentDetails(
                first_name=first.first_name,
                surname=first.surname,
                show_surname=True,
                age=first.age,
                missing_since=first.missing_since,
                area_id=first.area_id,
                alt_text=shown.alt_text,
                wordings=(
                    services.Words(
                        headline=f"Have you seen {first.first_name}?",
                        description=shown.description,
                        clothing=shown.clothing,
                    ),
                    services.Words(audience="social", description=shown.short),
                    services.Words(audience="billboard", description=shown.clothing),
                ),
            ),
            picture_id=appeal.pictures.latest("pk").pk,
        )

    def consent(self, key: str, status: str = "given") -> None:
        """The family or whoever has parental responsibility answers."""
        shown = BY_KEY[key]
        services.record_consent(
            actor=self.by(PUBLICITY),
            appeal_id=self.appeals[key],
            details=services.ConsentDetails(
                by=shown.consents,
                status=status,
                name=shown.who,
                relation=shown.relation,
                how="telephone",
                covers_photo=True,
                covers_surname=True,
            ),
        )

    def authorise(self, key: str) -> None:
        """A supervisor authorises the newest version."""
        newest = newest_content(Appeal.objects.get(pk=self.appeals[key]))
        services.authorise(
            actor=self.by(SUPERVISOR),
            appeal_id=self.appeals[key],
            content_number=newest.number if newest else 0,
        )

    def publish(self, key: str, in_hours: float = 0) -> None:
        """A second person at the charity publishes it, now or in so many hours from the making."""
        at = timezone.now() + timedelta(hours=in_hours) if in_hours else None
        services.publish_appeal(actor=self.by(SECOND), appeal_id=self.appeals[key], publish_at=at)

    def decline(self, key: str, reason: str, words: str) -> None:
        """The charity decides against it."""
        services.decline(
            actor=self.by(PUBLICITY), appeal_id=self.appeals[key], reasons=[reason], reason=words
        )

    def pause(self, key: str) -> None:
        """The family asks for a day without it."""
        services.pause(
            actor=self.by(PUBLICITY), appeal_id=self.appeals[key], reason="The family asked for a day."
        )

    def saw(self, key: str, name: str, **said: object) -> None:
        """Somebody writes from the page of the appeal."""
        appeal = Appeal.objects.get(pk=self.appeals[key])
        row = Sighting(
            appeal=appeal, incident=appeal.incident, received_at=timezone.now(), channel="website", **said
        )
        start_clock(row, since=row.received_at)
        row.save()
        self.sightings[name] = row.reference

    def judge(self, name: str, triage: str) -> None:
        """The charity's desk judges it."""
        sightings.triage(actor=self.by(PUBLICITY), reference=self.sightings[name], triage=triage, words="")

    def pass_on(self, name: str) -> None:
        """It goes to the force."""
        sightings.pass_to_police(actor=self.by(PUBLICITY), reference=self.sightings[name])


def _story(t: Appeals) -> Iterator[tuple[float, Step]]:
    """Hours before now, and what happened then."""
    for key, asked in (("doris", 2.6), ("colin", 28), ("arthur", 2000), ("betty", 29), ("piotr", 500)):
        yield asked, partial(t.ask, key)
        yield asked - 0.1, partial(t.draft, key)
        yield asked - 0.2, partial(t.consent, key)
        yield asked - 0.3, partial(t.authorise, key)
    for key, published in (("doris", 2.2), ("colin", 27), ("arthur", 600), ("betty", 28.5)):
        yield published, partial(t.publish, key)
    yield 1.5, partial(t.publish, "piotr", 20)
    yield 30, partial(t.ask, "nadine")
    yield 14, partial(t.ask, "george")
    yield 13, partial(t.draft, "george")
    yield 12, partial(t.consent, "george")
    yield 1.9, partial(t.ask, "kayleigh")
    yield 1.6, partial(t.draft, "kayleigh")
    yield 1.2, partial(t.authorise, "kayleigh")
    yield 60, partial(t.ask, "hamid")
    yield 58, partial(t.draft, "hamid")
    yield (
        57,
        partial(t.decline, "hamid", "asylum_risk", "He seeks asylum; those he fled from read appeals too."),
    )
    yield (
        24,
        partial(
            t.saw,
            "colin",
            "bench",
            place="Penge East station",
            certainty="likely",
            description="A man like him sat on the bench outside about eight this morning.",
            is_anonymous=True,
        ),
    )
    yield 23, partial(t.judge, "bench", "routine")
    yield 22.8, partial(t.pass_on, "bench")
    yield (
        0.6,
        partial(
            t.saw,
            "doris",
            "tram",
            place="Sandilands tram stop",
            certainty="sure",
            description="She is standing by the tracks in slippers and looks cold.",
            reporter_name="Tariq",
            reporter_contact="07700 900177",
        ),
    )
    yield 0.5, partial(t.judge, "tram", "immediate")
    yield 0.45, partial(t.pass_on, "tram")
    yield (
        0.15,
        partial(
            t.saw,
            "doris",
            "shop",
            place="George Street",
            certainty="unsure",
            description="Maybe in the bakery ten minutes ago.",
            is_anonymous=True,
        ),
    )
    yield (
        3,
        partial(
            t.saw,
            "arthur",
            "himself",
            kind="it_is_me",
            description="I am all right and I do not want my face on posters. Who can I talk to?",
            reporter_contact="07700 900188",
        ),
    )


def plan(agenda: Agenda, history: History) -> None:
    """Put the appeals on the agenda, beside the incidents they belong to."""
    appeals = Appeals(history)
    for hours, step in _story(appeals):
        agenda.ago(step, hours=hours)
    agenda.ago(partial(share_by_feed, history), hours=0.7)
