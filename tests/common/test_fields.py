"""Fields drawn by crispy-forms keep label, help, audience and error tied to the control."""

from __future__ import annotations

from django import forms
from django.template import Context, Template

from leaderdev.common.templatetags.fields import described_by
from tests.pages.document import parse, problems

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><a href="#main">Skip</a>'
    '<main id="main"><h1>h</h1>{% load crispy_forms_tags crispy_forms_filters %}'
    '{% include "components/form_errors.html" %}{{ form|crispy }}</main></body></html>'
)


class Everything(forms.Form):
    email = forms.EmailField(label="E-mail address", help_text="The one your district knows.")
    focus = forms.ChoiceField(
        label="Which one?", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, help_text="One."
    )
    helps = forms.MultipleChoiceField(
        label="What helps", choices=[("t", "Time")], widget=forms.CheckboxSelectMultiple, required=False
    )
    starts = forms.SplitDateTimeField(label="Starts", widget=forms.SplitDateTimeWidget)
    school = forms.ChoiceField(label="School", choices=[("", "Choose"), ("1", "Birch Hollow")])
    why = forms.CharField(label="Why", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="I have read the norms", help_text="On the cohort's page.")
    notes = forms.FileField(label="Notes", required=False)
    token = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["why"].audience = "You and your trio"
        self.fields["focus"].audience = "Your program lead"


def page(form: forms.Form) -> str:
    return Template(PAGE).render(Context({"form": form}))


def control(html: str, name: str):
    return next(node for node in parse(html).iter() if node.get("name") == name)


def test_untouched_and_wrong_forms_are_sound_pages():
    assert problems(page(Everything())) == []
    assert problems(page(Everything({}))) == []


def test_a_control_is_described_by_audience_help_and_error_in_that_order():
    form = Everything({"why": "x" * 3})
    form.add_error("why", "Say more.")
    html = page(form)
    assert control(html, "why").get("aria-describedby") == "id_why_audience id_why_error"
    assert control(html, "email").get("aria-describedby") == "id_email_helptext id_email_error"
    assert control(html, "email").get("aria-invalid") == "true"


def test_radios_are_one_group_with_the_descriptions_on_the_fieldset():
    html = page(Everything({}))
    groups = list(parse(html).iter("fieldset"))
    focus = next(g for g in groups if "Which one?" in "".join(g.find("legend").itertext()))
    assert focus.get("aria-describedby") == "id_focus_audience id_focus_helptext id_focus_error"
    assert [node.get("aria-describedby") for node in focus.iter("input")] == [None, None]


def test_a_description_that_the_form_wrote_itself_is_kept():
    form = Everything()
    form.fields["email"].widget.attrs["aria-describedby"] = "rules"
    assert described_by(form["email"]) == "rules id_email_helptext"


def test_without_ids_nothing_points_anywhere():
    assert "aria-describedby" not in str(page(Everything({}, auto_id=False)))


def test_required_is_said_only_where_something_may_be_left_empty():
    class AllRequired(forms.Form):
        one = forms.CharField()
        agree = forms.BooleanField(required=False)

    assert page(Everything()).count("(required)") == 4
    assert "(required)" not in page(AllRequired())
    assert "asteriskField" not in page(Everything())


def test_the_summary_links_each_error_to_a_control_that_exists():
    form = Everything({})
    form.add_error(None, "The window closed on Friday.")
    document = parse(page(form))
    ids = {node.get("id") for node in document.iter() if node.get("id")}
    summary = next(node for node in document.iter("div") if node.get("class") == "error-summary")
    targets = [link.get("href")[1:] for link in summary.iter("a")]
    assert targets == ["id_email", "id_focus_0", "id_starts_0", "id_school", "id_agree"]
    assert set(targets) <= ids
    said = ["".join(item.itertext()).strip() for item in summary.iter("li")]
    assert said[0] == "The window closed on Friday."
    assert said[2] == "Which one? This field is required."
    assert said[-1] == "This field is required."
    assert "".join(summary.find("h2").itertext()) == "There are 7 things to mend"


def test_a_clean_form_has_no_summary():
    assert "error-summary" not in page(Everything())


def test_errors_of_a_formset_are_listed_too():
    class Line(forms.Form):
        name = forms.CharField(label="Name")

    class Lines(forms.BaseFormSet):
        def clean(self):
            raise forms.ValidationError("Name at least one person.")

    formset = forms.formset_factory(Line, formset=Lines, extra=0)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-name": ""}
    )
    html = Template('{% include "components/form_errors.html" %}{{ f }}').render(
        Context({"formset": formset, "f": formset.as_p()})
    )
    assert "Name at least one person." in html
    assert '<a href="#id_form-0-name">Name: This field is required.</a>' in html
