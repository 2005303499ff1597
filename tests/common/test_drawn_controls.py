"""What is drawn without templates is what Django draws."""

from __future__ import annotations

import datetime

import html5lib
import pytest
from django import forms
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from leaderdev.common.drawn_controls import drawn_control

NASTY = """ \n"quoted" & <b>bold</b> it's {{ braces }} שלום 👩‍🏫"""
CHOICES = [
    ("", "Not chosen"),
    ("0", mark_safe("<b>safe</b>")),
    ("9", gettext_lazy("Save")),
    ("1", NASTY),
    (2, "Two"),
    ("Group", [("3", "Three"), ("4", 'Fo"ur')]),
]


class Sample(forms.Form):
    line = forms.CharField(widget=forms.TextInput(attrs={"dir": "auto", "data-x": NASTY}), max_length=9)
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), help_text="Help", required=False)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    number = forms.IntegerField(min_value=1, max_value=9)
    money = forms.DecimalField(decimal_places=2)
    mail = forms.EmailField(disabled=True)
    link = forms.URLField(assume_scheme="https", required=False)
    choice = forms.ChoiceField(choices=CHOICES)
    other = forms.ChoiceField(choices=CHOICES, required=False)


VALUES = {
    "nothing": {},
    "plain": {"line": "a", "text": "b", "day": "2027-01-31", "number": "3", "choice": "2", "other": "4"},
    "nasty": dict.fromkeys(Sample.base_fields, NASTY),
    "typed": {"line": 0, "day": datetime.date(2027, 1, 31), "number": 7, "money": "1.50", "choice": 2},
}


def tree(html: str) -> list:
    """Elements in order: name, attributes in any order, and text. A select's own blanks are layout."""
    page = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [
        (each.tag, dict(each.attrib), "" if each.tag in ("select", "optgroup") else each.text or "")
        for each in page.iter()
        if each.tag != "DOCUMENT_FRAGMENT"
    ]


@pytest.mark.parametrize("name", list(Sample.base_fields))
@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("bound", [False, True])
@pytest.mark.parametrize("auto_id", ["id_%s", "step-3-%s", False])
def test_it_is_what_django_draws(name, values, bound, auto_id):
    form = Sample(values, auto_id=auto_id) if bound else Sample(initial=values, auto_id=auto_id)
    attrs = {"class": "form-control", "aria-describedby": "a b", "hidden": False, "data-flag": True}
    drawn = drawn_control(form[name], dict(attrs))
    assert drawn is not None
    assert tree(drawn) == tree(form[name].as_widget(attrs=dict(attrs)))


def test_a_text_that_begins_with_a_line_break_keeps_it():
    drawn = drawn_control(Sample(initial={"text": "\nSecond line"})["text"], {})
    assert tree(drawn)[0][2] == "\nSecond line"


@pytest.mark.parametrize(
    "widget",
    [
        forms.CheckboxInput(),
        forms.RadioSelect(choices=CHOICES),
        forms.FileInput(),
        type("Own", (forms.TextInput,), {"template_name": "own.html"})(),
    ],
)
def test_other_widgets_are_left_to_django(widget):
    class One(forms.Form):
        field = forms.Field(widget=widget)

    assert drawn_control(One()["field"], {}) is None
