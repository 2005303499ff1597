"""What the gallery shows: made-up people and days, with names as long as real ones get."""

from datetime import date

from django import forms

from leaderdev.common.charts import Bar, Chart, Event, Part, bar_chart, month_starts, stacked_bar, year_chart
from leaderdev.common.charts.dumbbell import Dumbbell, dumbbell_chart
from leaderdev.common.charts.flow import Step, flow_chart
from leaderdev.common.charts.likert import LikertItem, Strip, likert_chart
from leaderdev.common.charts.scree import scree_chart

LONG_NAME = "Maximiliana Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"
LONG_COMPETENCY = (
    "Supporting everyone in the school to learn about First Nations, Métis and Inuit histories and views"
)
TOKENS = [
    "paper", "surface", "sunken", "ink", "ink-soft", "rule", "edge", "accent", "accent-strong", "accent-wash",
    "mark", "focus", "good", "good-wash", "warn", "warn-wash", "bad", "bad-wash",
]  # fmt: skip


class SampleForm(forms.Form):
    email = forms.EmailField(label="E-mail address", help_text="The one your district knows you by.")
    focus = forms.ChoiceField(
        label="Which competency do you choose for this year?",
        help_text="You keep it for the year. You may change it later with a reason.",
        choices=[("1", "Visionary leadership"), ("2", LONG_COMPETENCY)],
        widget=forms.RadioSelect,
    )
    school = forms.ChoiceField(
        label="School", choices=[("", "Choose a school"), ("1", "Birch Hollow School")]
    )
    why = forms.CharField(label="Why this one?", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    helps = forms.MultipleChoiceField(
        label="What would help you?",
        required=False,
        choices=[("time", "Time set aside"), ("visit", "A visit to another school")],
        widget=forms.CheckboxSelectMultiple,
    )
    minutes = forms.IntegerField(
        label="Minutes", min_value=45, help_text="At least 45, so that both are heard."
    )
    agree = forms.BooleanField(label="I have read the norms of the cohort", help_text="They are on its page.")
    notes = forms.FileField(label="Notes", required=False, help_text="A PDF or a text document.")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].audience = "You and your trio"


TASKS = [
    {
        "title": "Choose your focus competency",
        "due": "Was due Friday 30 October. The choice closes on Friday 6 November.",
        "url": "#",
        "action_label": "Choose",
        "late": True,
    },
    {
        "title": f"Read {LONG_NAME}’s growth plan before your trio meets",
        "due": "Due Tuesday 10 November, 15:30",
        "url": "#",
        "action_label": "Read the plan",
        "note": "You meet at Birch Hollow School.",
        "icon": "journal-text",
    },
    {"title": "Tell us which schools you know well", "due": "Done Monday 2 November", "done": True},
]
EVENTS = [
    {"when": "Tuesday 22 September, 8:30–12:00", "title": "Opening session", "state": "past"},
    {
        "when": "Today",
        "title": "Choosing a focus",
        "state": "now",
        "note": "Open until Friday 6 November.",
        "url": "#",
    },
    {"when": "Thursday 14 January, 9:00–11:30", "title": "Coaching and feedback", "state": "ahead"},
]
STATS = [
    {"value": 41, "label": "have chosen a focus", "unit": "of 55"},
    {"value": 17, "label": "trios formed"},
    {"value": "3 h", "label": "of learning sessions so far"},
]
DEFINITIONS = [
    {"term": "Cohort", "text": "Leaders of 2026–27"},
    {"term": "Facilitator", "text": LONG_NAME, "url": "#"},
    {"term": "Smallest group shown", "text": "5 people"},
]
COLUMNS = [
    {"label": "Leader"},
    {"label": "School"},
    {"label": "Focus competency"},
    {"label": "Goals", "number": True},
]
ROWS = [
    {"heading": LONG_NAME, "url": "#", "cells": ["Birch Hollow School", LONG_COMPETENCY, "3"]},
    {"heading": "Dana Okafor", "url": "#", "cells": ["Central office", "Visionary leadership", "12"]},
]


def charts() -> list[Chart]:
    first, last = date(2026, 9, 1), date(2027, 6, 26)
    events = [
        Event(date(2026, 9, 22), "Opening session", "Tuesday 22 September"),
        Event(date(2026, 10, 6), "Choosing opens", "Tuesday 6 October"),
        Event(date(2026, 11, 6), "Choosing closes", "Friday 6 November"),
        Event(date(2027, 1, 14), "Coaching and feedback", "Thursday 14 January"),
        Event(date(2027, 6, 10), "Closing session", "Thursday 10 June"),
    ]
    return [
        bar_chart(
            "by-competency",
            "How many of the 41 who have chosen work on each competency.",
            [Bar("Visionary leadership", 14), Bar(LONG_COMPETENCY, 9), Bar("Managing school resources", 0)],
            ("Competency", "People"),
        ),
        stacked_bar(
            "steps",
            "Steps in all growth plans of the cohort.",
            [Part("Done", 34, "good"), Part("On schedule", 21, "info"), Part("Delayed", 4, "warn")],
            ("State", "Steps"),
        ),
        year_chart(
            "year",
            "The program year 2026–27.",
            (first, last),
            events,
            ("What", "When"),
            ticks=[(day, f"{day:%b}") for day in month_starts(first, last)],
            today=(date(2026, 11, 23), "Today"),
        ),
        *survey_charts(),
    ]


LEVELS = ("Beginning", "Developing", "Achieving", "Excelling")


def survey_charts() -> list[Chart]:
    before, after = Strip("Before", (4, 12, 15, 4)), Strip("After", (1, 8, 18, 8))
    hidden = Strip("After", None)
    return [
        likert_chart(
            "answers",
            "Answers of the 35 people who answered both times.",
            LEVELS,
            [
                LikertItem("1. I plan my own learning for the year.", (before, after)),
                LikertItem(LONG_COMPETENCY, (before, hidden)),
            ],
            ("Statement", "When"),
            "hidden",
        ),
        dumbbell_chart(
            "medians",
            "Median answer for each competency.",
            LEVELS,
            [Dumbbell("Visionary leadership", 2.5, 3.0), Dumbbell(LONG_COMPETENCY, 2.25, 2.25)],
            ("Competency", "Before", "After"),
            "hidden",
        ),
        scree_chart(
            "scree",
            "Two factors stand above random data.",
            ((2.76, 1.4, 0.77, 0.49, 0.46, 0.32), (1.5, 1.27, 1.1, 0.95, 0.8, 0.65)),
            ("Factor", "These answers", "Random data, 95th percentile"),
        ),
        flow_chart(
            "flow",
            "How many took part.",
            [
                Step("Asked before", "55"),
                Step("Answered before", "50", "5 did not answer"),
                Step("Answered both times", "35"),
            ],
            ("Step", "People"),
        ),
    ]
