"""Reading the trail. An auditor sees their own organisation's acts and acts done on its behalf."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.apps import apps
from django.db import connection
from django.db.models import Exists, Max, Model, OuterRef, Q, QuerySet

from foundation.accounts.enums import Role
from foundation.accounts.models import Membership, Organisation, User
from foundation.actors import Actor
from foundation.audit.models import AuditEvent, Reason

PAGE = 50


def visible_to(actor: Actor) -> QuerySet[AuditEvent]:
    """The entries `actor` may read: none unless they are an auditor."""
    if not actor.holds({Role.AUDITOR}) or actor.organisation_id is None:
        return AuditEvent.objects.none()
    own = Q(organisation_id=actor.organisation_id) | Q(on_behalf_of_id=actor.organisation_id)
    return AuditEvent.objects.filter(own)


def last_opened(user_id: int, incident_ids: Collection[int]) -> dict[int, datetime]:
    """When that person last opened each of these incidents; those they never opened are left out.

    Their own looks, told to themselves: who else looked is the auditor's to read.
    """
    rows = AuditEvent.objects.filter(
        user_id=user_id, action="incident.opened", incident_id__in=list(incident_ids)
    )
    return dict(rows.order_by().values_list("incident_id").annotate(Max("recorded_at")))


def page(rows: QuerySet[AuditEvent], *, before: int | None = None) -> list[AuditEvent]:
    """Up to a page and one more of `rows`, newest first, starting below entry `before`."""
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[: PAGE + 1])


# Each of the wanted by itself: asked for all at once, Postgres takes them for likely and reads everything.
_LISTED = """SELECT e.id FROM unnest(%s::bigint[]) AS wanted(id), LATERAL (
    SELECT a.id FROM audit_auditevent a WHERE a.target_ids @> ARRAY[wanted.id] AND a.target_ids <> '{}'
    AND a.target = %s AND a.id < %s OFFSET 0) e"""
_AT_ONCE = 500


def page_about(
    rows: QuerySet[AuditEvent],
    about: Mapping[str, Collection[int]],
    *,
    incident_ids: Collection[int] = (),
    before: int | None = None,
) -> list[AuditEvent]:
    """As `page`: those of `rows` about records (ids by label), named or in a list that was read.

    With `incident_ids` also what hangs on these incidents. Each way is asked by its own index.
    """
    ways = [rows.filter(target=label, target_id__in=list(ids)) for label, ids in about.items() if ids]
    if incident_ids:
        ways.append(rows.filter(incident_id__in=list(incident_ids)))
    found = {row.pk: row for way in ways for row in page(way, before=before)}
    for label, ids in about.items():
        found.update({row.pk: row for row in _lists_that_held(rows, label, ids, before)})
    return [found[pk] for pk in sorted(found, reverse=True)[: PAGE + 1]]


def _lists_that_held(
    rows: QuerySet[AuditEvent], label: str, ids: Collection[int], before: int | None
) -> list[AuditEvent]:
    with connection.cursor() as cursor:
        cursor.execute(_LISTED, [list(ids), label, before or 2**62])
        held = sorted({pk for (pk,) in cursor.fetchall()}, reverse=True)
    found: list[AuditEvent] = []
    for start in range(0, len(held), _AT_ONCE):
        found += page(rows.filter(pk__in=held[start : start + _AT_ONCE]))
        if len(found) > PAGE:
            break
    return found[: PAGE + 1]


def has_seen(actor: Actor, *, action: str, target: Model, fields: Iterable[str]) -> bool:
    """Whether `actor` has an entry `action` on `target` that shows just these fields."""
    mine = AuditEvent.objects.filter(target=target._meta.label, target_id=target.pk, user_id=actor.user_id)
    return mine.filter(action=action, fields=sorted(fields)).exists()


def acts_on(target: Model, *, beginning: str, organisation_id: int, since: datetime) -> list[str]:
    """An organisation's actions on `target` after `since` that begin so: for limits of our own."""
    about = AuditEvent.objects.filter(target=target._meta.label, target_id=target.pk, recorded_at__gt=since)
    rows = about.filter(action__startswith=beginning, organisation_id=organisation_id)
    return list(rows.values_list("action", flat=True))


def is_up_to_date(actor: Actor, *, action: str, target: Model) -> bool:
    """Whether nothing but readings was noted on `target` since `actor` last had an entry `action`."""
    about = AuditEvent.objects.filter(target=target._meta.label, target_id=target.pk)
    read = about.filter(action=action, user_id=actor.user_id).aggregate(latest=Max("pk"))["latest"]
    return read is not None and not about.filter(pk__gt=read).exclude(action=action).exists()


def audited_models() -> dict[str, type[Model]]:
    """Models that have a public reference an auditor can search by, by label."""
    return {
        model._meta.label: model
        for model in apps.get_models()
        if any(field.name == "reference" for field in model._meta.get_fields())
    }


def of_record(actor: Actor, *, label: str, reference: str, before: int | None = None) -> list[AuditEvent]:
    """A page of entries about one record, found by its public reference, and about what hangs on an
    incident or the roles of a person."""
    model = audited_models().get(label)
    row_id = (
        model._base_manager.filter(reference=reference).values_list("pk", flat=True).first()
        if model
        else None
    )
    if row_id is None:
        return []
    about: dict[str, Collection[int]] = {label: [row_id]}
    if model is User:
        roles = Membership.objects.filter(user_id=row_id).values_list("pk", flat=True)
        about[Membership._meta.label] = list(roles)
    is_incident = model is not None and model._meta.model_name == "incident"
    return page_about(visible_to(actor), about, incident_ids=[row_id] if is_incident else (), before=before)


def colleagues(actor: Actor) -> QuerySet[User]:
    """Whom an auditor can ask about: who works, or worked, for their own organisation."""
    if not actor.holds({Role.AUDITOR}) or actor.organisation_id is None:
        return User.objects.none()
    held = Membership.objects.filter(user_id=OuterRef("pk"), organisation_id=actor.organisation_id)
    return User.objects.filter(Exists(held)).order_by("full_name", "pk")


def find_colleagues(actor: Actor, words: str) -> list[User]:
    """Up to a page of them, and one more, whose name or address holds `words`."""
    wanted = Q(full_name__icontains=words) | Q(email__icontains=words)
    return list(colleagues(actor).filter(wanted)[: PAGE + 1])


def reasons_of(rows: list[AuditEvent]) -> dict[int, str]:
    """The words given for `rows`, by reason id; erased ones are absent."""
    ids = [row.reason_id for row in rows if row.reason_id]
    return dict(Reason.objects.filter(pk__in=ids).values_list("pk", "text"))


def in_words(rows: list[AuditEvent]) -> list[dict[str, object]]:
    """`rows` for a page: names of people and organisations, words of reasons, target kinds."""
    people = dict(User.objects.filter(pk__in=_ids(rows, "user_id")).values_list("pk", "full_name"))
    bodies = dict(Organisation.objects.filter(pk__in=_ids(rows, "organisation_id")).values_list("pk", "name"))
    references = _references_of(rows)
    reasons = reasons_of(rows)
    systems = _systems_of(rows)
    return [
        {
            "row": row,
            "who": _who(row, people, systems),
            "organisation": bodies.get(row.organisation_id or 0, ""),
            "kind": kind_in_words(row.target),
            "reference": references.get((row.target, row.target_id or 0), ""),
            "many": len(row.target_ids),
            "reason": reasons.get(row.reason_id, "(erased)") if row.reason_id else "",
        }
        for row in rows
    ]


def _who(row: AuditEvent, people: dict[int, str], systems: dict[int, str]) -> str:
    """A person, a system that used the API, or our own machinery."""
    if row.user_id is not None:
        return people.get(row.user_id, "Unknown person")
    if row.client_id is not None:
        return systems.get(row.client_id, "Unknown system")
    return "System"


def _systems_of(rows: list[AuditEvent]) -> dict[int, str]:
    """Names of the API clients in `rows`. Their app writes to this trail, so it is asked late."""
    ids = _ids(rows, "client_id")
    return dict(apps.get_model("clients.Client").objects.filter(pk__in=ids).values_list("pk", "name"))


def _ids(rows: list[AuditEvent], name: str) -> set[int]:
    return {getattr(row, name) for row in rows if getattr(row, name) is not None}


def kind_in_words(label: str) -> str:
    """What the model of this label is called."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return label


def _references_of(rows: list[AuditEvent]) -> dict[tuple[str, int], str]:
    models = audited_models()
    found: dict[tuple[str, int], str] = {}
    for label in {row.target for row in rows} & set(models):
        ids = [row.target_id for row in rows if row.target == label and row.target_id]
        named = models[label]._base_manager.filter(pk__in=ids).values_list("pk", "reference")
        found.update({(label, pk): reference for pk, reference in named})
    return found
