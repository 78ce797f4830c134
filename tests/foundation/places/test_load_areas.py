"""Official lists: checked, loaded, loaded again, and every bad line told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from foundation.access import Refused
from foundation.actors import Actor
from foundation.audit.models import AuditEvent
from foundation.places import lists, selectors, services
from foundation.places.forms import LARGEST
from foundation.places.models import Area, AreaKind, AreaParent
from tests.cast import Member

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
GOOD = b"""code,name,kind,parent,start,end
E10000016,Kent,county,force-kent,,
E07000105,Ashford,district,E10000016,,
E07000106,Canterbury,District,E10000016,1974-04-01,
"""
# The East unit was one of the first to change.
DATED = b"""code,name,kind,parent,start,end,parent_start,parent_end
E09000016,Havering,borough,london,,,,
E09000016,Havering,borough,met-borough-havering,,,,2017-02-01
E09000016,Havering,borough,met-east,,,2017-02-01,
"""


def load(content: bytes, **more) -> services.Report:
    return services.load_areas(actor=SYSTEM, content=content, **more)


def test_a_list_brings_areas_and_their_place_in_the_tree() -> None:
    report = load(GOOD)
    assert (report.created, report.links_added, report.errors) == (3, 3, [])
    ashford = Area.objects.get(code="E07000105")
    above = {area.name for area in selectors.ancestors(ashford.pk, on=date(2026, 1, 1))}
    assert (ashford.gss_code, above) == ("E07000105", {"Kent", "England"})
    noted = AuditEvent.objects.get(action="areas.loaded")
    assert len(noted.target_ids) == 3


def test_loading_again_changes_nothing() -> None:
    load(GOOD)
    before = list(AreaParent.objects.order_by("pk").values())
    report = load(GOOD)
    assert (report.created, report.changed, report.unchanged) == (0, 0, 3)
    assert (report.links_added, report.links_removed) == (0, 0)
    assert list(AreaParent.objects.order_by("pk").values()) == before
    assert AuditEvent.objects.filter(action="areas.loaded").count() == 1


def test_a_dry_run_tells_all_and_keeps_nothing() -> None:
    report = load(GOOD, dry_run=True)
    assert (report.created, report.links_added) == (3, 3)
    assert not Area.objects.filter(code="E10000016").exists()
    assert not AuditEvent.objects.filter(action="areas.loaded").exists()


def test_a_corrected_name_and_end_are_taken_over() -> None:
    load(GOOD)
    report = load(
        GOOD.replace(b"Ashford,district,E10000016,,", b"Ashford Town,district,E10000016,,2030-01-01")
    )
    assert (report.changed, report.unchanged) == (1, 2)
    assert Area.objects.get(code="E07000105").ends_on == date(2030, 1, 1)


def test_a_list_has_the_last_word_on_where_its_areas_lay() -> None:
    report = load(DATED)
    assert (report.errors, report.links_added, report.links_removed) == ([], 2, 2)
    havering = Area.objects.get(code="E09000016")

    def unit(day: date) -> str:
        found = selectors.ancestor_of_kind(havering.pk, AreaKind.COMMAND_UNIT, on=day)
        return found.code if found else ""

    assert unit(date(2017, 1, 31)) == "met-borough-havering"
    # The unit itself counts from its own start; the list of units says when that was.
    assert unit(date(2019, 1, 1)) == "met-east"
    assert load(DATED).links_added == 0


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("kent county,Kent,county,,,", "code", "GSS code"),
        (",Kent,county,,,", "code", "GSS code"),
        ("E10000016,,county,,,", "name", "1 to 120"),
        (f"E10000016,{'x' * 121},county,,,", "name", "1 to 120"),
        ("E10000016,Kent,shire,,,", "kind", "one of"),
        ("E10000016,Kent,county,,01/04/1974,", "start", "2018-07-01"),
        ("E10000016,Kent,county,,,soon", "end", "2018-07-01"),
        ("E10000016,Kent,county,,2020-01-01,2020-01-01", "end", "after the start"),
        ("E10000016,Kent,county,nowhere,,", "parent", "neither in the list nor known"),
        ("E10000016,Kent,county,E09000001,,", "parent", "borough, not above"),
        ("E10000016,Kent,county,E10000016,,", "parent", "county, not above"),
        ("E10000016,Kent,county,,,,,more", "", "more fields"),
    ],
)
def test_a_bad_line_is_told_with_its_column_and_the_good_ones_land(
    line: str, column: str, words: str
) -> None:
    content = f"code,name,kind,parent,start,end\n{line}\nE07000105,Ashford,district,force-kent,,\n"
    report = load(content.encode())
    [error] = report.errors
    assert (error.line, error.column) == (2, column)
    assert words in error.reason
    assert Area.objects.filter(code="E07000105").exists()


def test_two_lines_that_disagree_are_told() -> None:
    content = GOOD + b"E07000105,Ashfurd,district,E10000016,,\n"
    [error] = load(content).errors
    assert (error.line, error.column, error.reason) == (5, "code", "says other than line 3")


def test_two_places_of_one_kind_at_once_are_told_and_the_first_stands() -> None:
    content = GOOD + b"E10000017,Other,county,force-kent,,\nE07000105,Ashford,district,E10000017,,\n"
    [error] = load(content).errors
    assert (error.line, error.column) == (6, "parent")
    assert "two areas of the kind county" in error.reason
    ashford = Area.objects.get(code="E07000105")
    assert [area.code for area in selectors.parents(ashford.pk, on=date(2026, 1, 1))] == ["E10000016"]


def test_empty_lines_and_a_byte_order_mark_do_no_harm() -> None:
    assert load(b"\xef\xbb\xbf" + GOOD + b",,,,,\n").errors == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"", "first line"),
        (b"code,name\n", "kind, parent, start, end"),
        (b'code,name,kind,parent,start,end\n"' + b"x" * 200_000, "cannot be read"),
    ],
)
def test_what_is_no_list_is_refused_whole(content: bytes, words: str) -> None:
    with pytest.raises(lists.NotAList, match=words):
        load(content)


def test_only_the_platforms_administrator_loads(administrator: Member, met_administrator: Member) -> None:
    with pytest.raises(Refused):
        services.load_areas(actor=met_administrator.actor, content=GOOD)
    assert not Area.objects.filter(code="E10000016").exists()
    assert services.load_areas(actor=administrator.actor, content=GOOD).created == 3


def test_the_command_reports_and_fails_where_a_line_was_bad(tmp_path: Path, capsys) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(GOOD)
    bad.write_bytes(GOOD + b"?,X,county,,,\n")
    call_command("load_areas", good, "--dry-run")
    assert "3 would be new" in capsys.readouterr().out
    assert not Area.objects.filter(code="E10000016").exists()
    call_command("load_areas", good)
    assert "3 new" in capsys.readouterr().out
    with pytest.raises(CommandError, match="1 bad lines"):
        call_command("load_areas", bad)
    assert "line 5, code" in capsys.readouterr().err
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_areas", tmp_path / "none.csv")
    bad.write_bytes(b"x")
    with pytest.raises(CommandError, match="first line"):
        call_command("load_areas", bad)


def test_the_pages_show_the_tree_as_it_was(
    client: Client, met_administrator: Member, met_officer: Member
) -> None:
    met_administrator.sign_in(client)
    assert "England" in client.get(reverse("places:tree")).content.decode()
    url = reverse("places:area", args=["E09000022"])
    assert "Central South" in client.get(url).content.decode()
    assert "Lambeth borough command" in client.get(url, {"on": "2016-03-01"}).content.decode()
    assert client.get(url, {"on": "not a day"}).status_code == 200
    assert client.get(reverse("places:area", args=["nowhere"])).status_code == 404
    met_officer.sign_in(client)
    assert client.get(url).status_code == 403


def upload(client: Client, content: bytes, what: str):
    given = SimpleUploadedFile("areas.csv", content, content_type="text/csv")
    return client.post(reverse("places:upload"), {"file": given, "what": what})


def test_uploading_checks_first_and_loads_when_told(client: Client, administrator: Member) -> None:
    administrator.sign_in(client)
    assert client.get(reverse("places:upload")).status_code == 200
    page = upload(client, GOOD + b"?,X,county,,,\n", "check").content.decode()
    assert "Nothing is changed yet" in page
    assert "GSS code" in page
    assert not Area.objects.filter(code="E10000016").exists()
    assert "The list is loaded" in upload(client, GOOD, "load").content.decode()
    assert Area.objects.filter(code="E10000016").exists()
    assert "first line" in upload(client, b"x", "load").content.decode()
    assert "larger than 10 MB" in upload(client, b"x" * (LARGEST + 1), "load").content.decode()


def test_nobody_else_uploads(client: Client, met_administrator: Member) -> None:
    met_administrator.sign_in(client)
    assert client.get(reverse("places:upload")).status_code == 403
    assert upload(client, GOOD, "load").status_code == 403
    assert not Area.objects.filter(code="E10000016").exists()
