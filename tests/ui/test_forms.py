"""Forms as they are rendered: linked errors, nothing lost, both sides of a conflict."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template

from config.style_guide import SampleForm
from foundation.ui.forms import HarbourForm, HarbourModelForm, VersionedForm


class Ids(HTMLParser):
    """Every id of a page, and every value of aria-describedby and aria-controls."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.pointed = [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(found["id"])
        for name in ("aria-describedby", "aria-controls", "data-aria-controls", "for"):
            self.pointed.update((found.get(name) or "").split())


def rendered(form):
    source = '{% load crispy_forms_tags %}{% include "components/error_summary.html" %}{% crispy form %}'
    return Template(source).render(Context({"form": form}))


def test_every_error_link_leads_to_an_answer_on_the_page():
    html = rendered(SampleForm({"risk": "nonsense", "flags": ["nonsense"]}, {}))
    targets = re.findall(r'<li><a href="#([^"]+)"', html)
    assert {"id_name", "id_risk", "id_flags", "id_force", "id_missing_since_day"} <= set(targets)
    assert set(targets) <= set(Ids(html).ids)


def test_ids_are_unique_and_descriptions_exist():
    for form in (SampleForm(), SampleForm({})):
        found = Ids(rendered(form))
        assert sorted(found.ids) == sorted(set(found.ids))
        assert found.pointed - set(found.ids) == set()


def test_a_refused_form_gives_everything_typed_back():
    typed = {
        "name": 'O\'Neill "Bo"',
        "age": "about 15",
        "missing_since_day": "32",
        "missing_since_time": "tea time",
        "risk": "high",
        "flags": ["cse", "suicide"],
        "force": "kent",
        "note": "line one\nline two",
    }
    html = rendered(SampleForm(typed))
    for text in ("O&#x27;Neill &quot;Bo&quot;", "about 15", 'value="32"', "tea time", "line one\nline two"):
        assert text in html
    assert re.search(r'value="high"\s+checked', html)
    assert len(re.findall(r'name="flags"\s+value="(?:cse|suicide)"\s+checked', html)) == 2
    assert re.search(r'<option value="kent" selected', html)


def test_what_is_missing_is_named():
    errors = SampleForm({}).errors
    assert errors["name"] == ["Enter name"]
    assert errors["risk"] == ["Choose risk"]
    assert errors["agreed"] == ["Tick to go on: the person has agreed"]
    assert errors["missing_since"] == ["Enter the date and the time"]


def test_a_question_and_words_of_ones_own_are_respected():
    class Sample(HarbourForm):
        why = forms.CharField(label="Why was this needed?")
        gp = forms.CharField(label="GP practice")
        own = forms.CharField(label="Own", error_messages={"required": "Say what you own"})

    assert Sample({}).errors == {
        "why": ["Answer: Why was this needed?"],
        "gp": ["Enter GP practice"],
        "own": ["Say what you own"],
    }


def test_labels_and_hints_from_data_are_escaped():
    class Sample(HarbourForm):
        one = forms.CharField(label="<b>Label</b>", help_text="<i>Hint</i>")
        two = forms.ChoiceField(label="Two", choices=[("a", "<u>A</u>")], widget=forms.RadioSelect)

    html = rendered(Sample())
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<u>" not in html


def test_a_cancel_address_is_never_read_as_a_template():
    html = rendered(HarbourForm(cancel_href="/x/{{ form.helper }}"))
    assert "/x/{{ form.helper }}" in html


def test_numbers_are_typed_not_spun():
    html = rendered(SampleForm())
    assert 'type="number"' not in html
    assert re.search(r'<input type="text" name="age"[^>]*inputmode="numeric"', html)


def test_telephone_numbers_have_the_look_of_a_text_box():
    assert re.search(r'<input type="tel" name="phone"[^>]*class="govuk-input"', rendered(SampleForm()))


def test_a_counted_box_needs_no_hint():
    assert 'id="id_note-info"' in rendered(SampleForm())


def test_only_services_write():
    with pytest.raises(NotImplementedError):
        HarbourModelForm.save(object.__new__(HarbourModelForm))


class EditForm(VersionedForm):
    coat = forms.CharField(label="Coat", required=False)
    colour = forms.ChoiceField(label="Colour", choices=[("r", "Red"), ("b", "Blue")])


def test_a_conflict_shows_both_sides_and_the_next_save_is_deliberate():
    form = EditForm({"version": "3", "coat": "long", "colour": "b"})
    assert form.is_valid()
    form.show_conflict(theirs={"coat": "long", "colour": "r"}, version=4)
    assert form.conflicts == [{"label": "Colour", "theirs": "Red", "yours": "Blue"}]
    assert form.non_field_errors()
    html = rendered(form)
    assert 'name="version" value="4"' in html
    assert 'value="long"' in html
