"""Writing what an appeal is to show: every edit is the next version, and undoes an authorisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from appeals import policies
from appeals.enums import AppealStatus, Audience, Language
from appeals.models import Appeal, Content, Picture, Wording
from appeals.selectors import content_at, newest_content, wordings_of
from appeals.services.common import hold, moved_on, need, written
from appeals.services.foretelling import note_unready
from appeals.services.placing import take_off
from appeals.states import APPEAL
from foundation.access import require
from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.clock import in_london
from foundation.exceptions import NotVisible
from foundation.places.models import Area
from foundation.states import move_held

LONGEST_NAME = 60
LONGEST_SURNAME = 80
LONGEST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Words:
    """The words for one audience, in one language, for one region or everywhere."""

    language: str = Language.ENGLISH
    audience: str = Audience.PUBLIC
    region_id: int | None = None
    headline: str = ""
    description: str = ""
    clothing: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return not (self.headline.strip() or self.description.strip() or self.clothing.strip())


@dataclass(frozen=True, slots=True)
class ContentDetails:
    """One version as somebody wrote it. `missing_since` is a day of the London calendar; `age` in years."""

    first_name: str
    missing_since: date
    area_id: int
    surname: str = ""
    show_surname: bool = False
    age: int | None = None
    alt_text: str = ""
    alt_text_cy: str = ""
    wordings: Sequence[Words] = field(default_factory=tuple)

    def given(self) -> list[str]:
        """The names of the fields that say something, for the trail."""
        return sorted(name for name, value in asdict(self).items() if value)

    def as_text(self) -> dict[str, str]:
        """The fields as the charity reads them in a release; empty ones are left out."""
        words = next((one for one in self.wordings if one.audience == Audience.PUBLIC), Words())
        fields = {
            "first_name": self.first_name,
            "surname": self.surname,
            "age": str(self.age) if self.age is not None else "",
            "missing_since": self.missing_since.isoformat(),
            "description": words.description,
            "clothing": words.clothing,
        }
        return {name: text for name, text in fields.items() if text.strip()}


def first_content(actor: Actor, appeal: Appeal, details: ContentDetails) -> Content:
    """Write version 1 of a new appeal, in the caller's transaction. Raises `Invalid`."""
    content = _write(actor, appeal, details, number=1, picture=None)
    if actor.organisation_kind is OrganisationKind.CHARITY:
        appeal.prepared_by_id = actor.user_id
        appeal.save(update_fields=["prepared_by"])
    return content


def details_of(content: Content, wordings: Sequence[Wording]) -> ContentDetails:
    """A version as somebody wrote it."""
    return ContentDetails(
        first_name=content.first_name,
        surname=content.surname,
        show_surname=content.show_surname,
        age=content.age,
        missing_since=content.missing_since,
        area_id=content.area_id,
        alt_text=content.alt_text,
        alt_text_cy=content.alt_text_cy,
        wordings=tuple(words_of(one) for one in wordings),
    )


def words_of(one: Wording) -> Words:
    """A wording as somebody wrote it."""
    return Words(one.language, one.audience, one.region_id, one.headline, one.description, one.clothing)


@transaction.atomic
def write_again(*, actor: Actor, appeal_id: int, number: int, version: int | None = None) -> Content:
    """Write an earlier version once more, as the next one. Raises as `save_content`."""
    _, appeal = hold(actor, appeal_id, version=version)
    require(policies.may_edit(actor, appeal))
    earlier, newest = content_at(appeal, number), newest_content(appeal)
    if earlier is None or newest is None:
        raise NotVisible(appeal.reference)
    if earlier.number == newest.number:
        need({"number": "This is the newest version already."})
    return save_content(
        actor=actor,
        appeal_id=appeal_id,
        details=details_of(earlier, wordings_of(earlier)),
        picture_id=earlier.picture_id,
    )


@transaction.atomic
def save_content(
    *,
    actor: Actor,
    appeal_id: int,
    details: ContentDetails,
    picture_id: int | None,
    version: int | None = None,
) -> Content:
    """Write the next version. What police had authorised goes back to be authorised anew.

    `picture_id` is a picture of this appeal, or none. Raises `Refused`, `Invalid`, `NotVisible` and
    `Conflict` where somebody moved the appeal on since `version` was read.
    """
    _, appeal = hold(actor, appeal_id, version=version)
    require(policies.may_edit(actor, appeal))
    picture = Picture.objects.filter(appeal=appeal, pk=picture_id).first() if picture_id else None
    if picture_id and picture is None:
        need({"picture": "Choose a picture of this appeal."})
    content = next_content(actor, appeal, details, picture=picture)
    appeal.prepared_by_id = actor.user_id
    written(appeal, "prepared_by")
    if appeal.status == AppealStatus.REQUESTED:
        move_held(appeal, APPEAL, AppealStatus.DRAFT, actor=actor)
    return_to_draft(actor, appeal)
    return content


def next_content(
    actor: Actor, appeal: Appeal, details: ContentDetails, *, picture: Picture | None
) -> Content:
    """Write the next version of an appeal that the caller's transaction holds. Raises `Invalid`."""
    before = newest_content(appeal)
    content = _write(actor, appeal, details, number=before.number + 1 if before else 1, picture=picture)
    audit.record(
        actor=actor,
        action="appeals.content_written",
        target=content,
        incident_id=appeal.incident_id,
        fields=details.given(),
    )
    return content


def return_to_draft(actor: Actor, appeal: Appeal, *, because: str = "it was changed") -> None:
    """What police had authorised was another version, or they did not know yet: it is authorised anew."""
    if not policies.authorisation_is_lost(appeal):
        return
    # What was scheduled was planned with the words of the version before.
    take_off(actor, appeal)
    move_held(
        appeal,
        APPEAL,
        AppealStatus.DRAFT,
        actor=actor,
        changes={"authorised_at": None, "authorised_by": None, "publish_at": None, "published_by": None},
    )
    note_unready(appeal)
    moved_on(actor, appeal, "returned_to_draft", f"Authorise appeal {appeal.reference} anew: {because}")


def _write(
    actor: Actor, appeal: Appeal, details: ContentDetails, *, number: int, picture: Picture | None
) -> Content:
    need(_problems(details, with_picture=picture is not None))
    content = Content.objects.create(
        appeal=appeal,
        number=number,
        first_name=details.first_name.strip(),
        surname=details.surname.strip(),
        show_surname=details.show_surname,
        age=details.age,
        missing_since=details.missing_since,
        area_id=details.area_id,
        picture=picture,
        alt_text=details.alt_text.strip() if picture else "",
        alt_text_cy=details.alt_text_cy.strip() if picture else "",
        made_by_id=actor.user_id,
        made_at=timezone.now(),
    )
    Wording.objects.bulk_create(
        Wording(
            content=content,
            language=one.language,
            audience=one.audience,
            region_id=one.region_id,
            headline=one.headline.strip(),
            description=one.description.strip(),
            clothing=one.clothing.strip(),
        )
        for one in details.wordings
        if not one.empty
    )
    return content


def _problems(details: ContentDetails, *, with_picture: bool) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not details.first_name.strip():
        problems["first_name"] = "Enter the first name that is shown."
    elif len(details.first_name.strip()) > LONGEST_NAME:
        problems["first_name"] = f"Use {LONGEST_NAME} characters or fewer."
    if len(details.surname.strip()) > LONGEST_SURNAME:
        problems["surname"] = f"Use {LONGEST_SURNAME} characters or fewer."
    if details.show_surname and not details.surname.strip():
        problems["surname"] = "Enter the surname, or do not show it."
    if details.age is not None and not 0 <= details.age <= 125:
        problems["age"] = "Enter an age from 0 to 125."
    if details.missing_since > in_london(timezone.now()).date():
        problems["missing_since"] = "This day has not come yet."
    if not Area.objects.filter(pk=details.area_id).exists():
        problems["area"] = "Choose an area of the list."
    if with_picture and not details.alt_text.strip():
        problems["alt_text"] = "Describe the photo for people who cannot see it."
    return problems | _wording_problems(details.wordings)


def _wording_problems(wordings: Sequence[Words]) -> dict[str, str]:
    problems: dict[str, str] = {}
    keys = [(one.language, one.audience, one.region_id) for one in wordings]
    if len(set(keys)) != len(keys):
        problems["wordings"] = "Write one text for each audience, language and region."
    for one in wordings:
        if one.language not in Language.values or one.audience not in Audience.values:
            problems["wordings"] = "Choose an audience and a language of the list."
        if max(len(one.headline), len(one.description), len(one.clothing)) > LONGEST_WORDS:
            problems["description"] = f"Use {LONGEST_WORDS:,} characters or fewer."
        if len(one.headline.strip()) > 120:
            problems["headline"] = "Use 120 characters or fewer."
        if len(one.clothing.strip()) > 300:
            problems["clothing"] = "Use 300 characters or fewer."
    regions = {one.region_id for one in wordings if one.region_id}
    if regions and Area.objects.filter(pk__in=regions).count() != len(regions):
        problems["region"] = "Choose a region of the list."
    return problems
