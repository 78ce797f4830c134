"""What members are to each other, and who outside must be told nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from families.forms.cases import BlockedPartyForm
from families.forms.members import BondForm
from families.services import members as verbs
from families.views.common import at, read_or_write, the_case, verb, why, worker
from foundation.requests import actor_of
from missingcases.views.verbs import posted


@worker
@read_or_write
def bond(request: HttpRequest, reference: str) -> HttpResponse:
    """What two members are to each other, and whether they are in conflict."""
    found = the_case(request, reference)
    form = BondForm(**posted(request), members=found.members.all(), cancel_href=at("case", reference))
    return verb(
        request,
        found,
        title="What are they to each other?",
        form=form,
        run=lambda answers: verbs.set_bond(
            actor=actor_of(request),
            case_id=found.pk,
            first_id=answers.pop("first").pk,
            second_id=answers.pop("second").pk,
            **answers,
        ),
        said="Saved.",
        to=at("case", reference),
    )


@worker
@read_or_write
def block_party(request: HttpRequest, reference: str) -> HttpResponse:
    """Name somebody outside who must be told nothing."""
    found = the_case(request, reference)
    return verb(
        request,
        found,
        title="Somebody who must be told nothing",
        form=BlockedPartyForm(**posted(request), cancel_href=at("case", reference)),
        run=lambda answers: verbs.block_party(actor=actor_of(request), case_id=found.pk, **answers),
        said="They are blocked in this case.",
        to=at("case", reference),
    )


@worker
@read_or_write
def end_block(request: HttpRequest, reference: str, party_id: int) -> HttpResponse:
    """Take a block back, saying why."""
    found = the_case(request, reference)
    title = "Take the block back"
    return verb(
        request,
        found,
        title=title,
        form=why(request.POST or None, title, cancel_href=at("case", reference)),
        run=lambda answers: verbs.end_block(
            actor=actor_of(request), case_id=found.pk, party_id=party_id, **answers
        ),
        said="The block is taken back.",
        to=at("case", reference),
    )
