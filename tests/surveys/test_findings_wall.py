"""The wall around findings: no format holds anything of somebody who did not agree, nor of too few people.

Marks are planted that no figure makes by chance: people who did not agree have a competency of their own as
focus and answer one level throughout; a fourth statement is answered by four people only.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from cohorts.models import StandardNode
from leaderdev.common.charts.standalone import standalone
from surveys.analysis.bundle import rerun_bundle
from surveys.export import exportable, table_of
from surveys.interchange import data_files
from surveys.models import Item, Response
from surveys.report import gather
from surveys.services import reports
from tests.surveys import samples
from tests.surveys.answered import answered_survey, waves

pytestmark = pytest.mark.django_db

FOCUS_OF_REFUSERS, WORDS_OF_REFUSERS = "Zymurgy of nobody else", "xylophone-sentence"
FEW = "3"
"""The statement that four people answered; its text is its mark beside figures."""


@pytest.fixture
def planted(cast):
    """26 agreeing pairs and six before only; three pairs and two more who did not agree, marked."""
    survey = answered_survey(cast, both=27, pre_only=6, post_only=0)
    mark = StandardNode.objects.create(
        standard=cast.standard, code="99", label=FOCUS_OF_REFUSERS, position=99, focus_selectable=True
    )
    pre, post = waves(survey)
    items = samples.statements(pre)
    said = {str(item.pk): 1 for item in items}
    for wave, people in ((pre, range(200, 205)), (post, range(200, 203))):
        Response.objects.bulk_create(
            Response(
                wave=wave,
                pairing_key=f"{person:032x}",
                sent=True,
                answers=said,
                words={str(items[0].pk): WORDS_OF_REFUSERS},
                focus=mark,
                consent_analysis=False,
                consent_quotes=True,
            )
            for person in people
        )
    _answered_by_few(survey)
    return survey


def _answered_by_few(survey) -> None:
    item = Item.objects.get(section__instrument=survey.instrument, code=FEW)
    post = survey.waves.get(slug="post")
    agreeing = post.responses.for_research().order_by("pairing_key")
    for place, row in enumerate(agreeing):
        if place >= 4:
            row.answers[str(item.pk)] = -2
            row.save(update_fields=["answers"])


def written(survey, kind: str) -> str:
    """All text of a format: what a reader of the file could search."""
    data = reports.file_of(*waves(survey), kind)
    if kind in ("docx", "xlsx", "bundle"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    if kind == "pdf":
        done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
        return done.stdout.decode()
    return data.decode()


@pytest.mark.parametrize("kind", ["html", "pdf", "json", "xlsx", "docx", "bundle"])
def test_refusers_leave_no_mark(planted, kind) -> None:
    text = written(planted, kind)
    assert FOCUS_OF_REFUSERS not in text
    assert WORDS_OF_REFUSERS not in text
    assert f"{200:032x}" not in text


def test_figures_are_the_same_without_refusers(planted) -> None:
    """Every figure but the flow of people: with the rows of those who did not agree gone, nothing moves."""
    told = dict(reports.findings(*waves(planted)).figures)
    Response.objects.filter(wave__survey=planted, consent_analysis=False).delete()
    without = dict(reports.findings(*waves(planted)).figures)
    assert told.pop("flow") != without.pop("flow")
    assert json.dumps(told) == json.dumps(without)


def test_how_many_refused_is_told_only_of_enough(planted) -> None:
    flow = reports.findings(*waves(planted)).figures["flow"]
    assert (flow["answered_pre"], flow["paired_consenting"]) == (38, 26)
    # Five and one before, three and one after and paired.
    assert (flow["consenting_pre"], flow["consenting_post"], flow["paired"]) == (32, None, None)
    Response.objects.filter(wave__survey=planted).update(consent_analysis=False)
    assert reports.findings(*waves(planted)).figures["flow"] == {
        "invited_pre": flow["invited_pre"],
        "invited_post": flow["invited_post"],
        "answered_pre": 38,
        "answered_post": 30,
        "consenting_pre": None,
        "consenting_post": None,
        "paired": None,
        "paired_consenting": None,
    }


def test_a_statement_that_few_answered_twice_is_hidden_everywhere(client, cast, planted) -> None:
    found = reports.findings(*waves(planted))
    row = found.figures["items"][int(FEW) - 1]
    shown = {
        key for key, value in row.items() if value is not None and key not in ("text", "competency", "pre")
    }
    assert row["hidden"] is True
    assert shown == {"item", "hidden", "post", "verdict"}
    assert (row["post"]["n"], row["post"]["median"], row["post"]["levels"]) == (None, None, None)
    assert row["post"]["missing"] == {}
    for group in ("stayers", "switchers"):
        assert found.figures[group]["items"][int(FEW) - 1]["n"] is None
    tables = {table.key: table for table in found.report.tables()}
    for key in ("items", "switching", "frequencies-1", "middles"):
        rows = [row for row in tables[key].rows if row[0].startswith(f"{FEW}.") and "before" not in row]
        assert rows
        assert all("not shown" in row for row in rows), key
    client.force_login(cast.lead)
    page = client.get(reverse("findings:report", args=[planted.slug, "pre", "post"])).content.decode()
    assert f"Too few people answered statement {FEW} both times" in page


def test_pictures_say_no_more_than_the_tables(planted) -> None:
    charts = reports.findings(*waves(planted)).report.pictures()
    assert {"answers-1", "medians", "flow"} <= charts.keys()
    for chart in charts.values():
        drawn = str(standalone(chart))
        assert FOCUS_OF_REFUSERS not in drawn
        for line in chart.rows:
            if str(line["heading"]).startswith(f"{FEW}.") and line["cells"][0] == "After":
                assert set(line["cells"][1:]) == {"not shown"}
        assert not re.search(rf"\b{FEW}\. [^;]*, After: [A-Z]", drawn)


@pytest.mark.parametrize("both", [6, 15])
def test_levels_are_told_from_twenty_answers_on(cast, both) -> None:
    survey = answered_survey(cast, both=both, pre_only=0, post_only=0)
    found = reports.findings(*waves(survey))
    assert all(item[time]["levels"] is None for item in found.figures["items"] for time in ("pre", "post"))
    assert all(
        item["pre"][name] is None for item in found.figures["items"] for name in ("mean", "sd", "quartiles")
    )
    assert found.figures["items"][0]["pre"]["median"] is not None
    assert not [key for key in found.report.pictures() if key.startswith("answers")]
    assert not [table.key for table in found.report.tables() if table.key.startswith("frequencies")]
    text = written(survey, "html")
    assert "How many chose each level is shown from 20 answers" in text
    assert found.problems == ()


def test_reports_about_nearly_the_same_people_do_not_stand_together(client, cast, planted) -> None:
    _pre, post = waves(planted)
    later = samples.make_wave(
        cast, planted, "mid", opens_at=post.closes_at, closes_at=post.closes_at + samples.DAY
    )
    keys = list(post.responses.for_research().values_list("pairing_key", flat=True))
    made = [
        Response(wave=later, pairing_key=key, sent=True, answers={}, consent_analysis=True)
        for key in keys[2:]
    ]
    Response.objects.bulk_create(made)
    pairs = reports.readable_pairs([planted], samples.NOW)[0]
    assert [(first.slug, second.slug) for first, second in pairs] == [("pre", "post")]
    client.force_login(cast.lead)
    refused = client.get(reverse("findings:report", args=[planted.slug, "pre", "mid"]), follow=True)
    assert "nearly the same people" in refused.content.decode()
    with pytest.raises(CommandError, match="nearly the same people"):
        call_command("survey_report", survey=planted.slug, pre="pre", post="mid")
    later.responses.filter(pairing_key__in=keys[:5]).delete()
    assert len(reports.readable_pairs([planted], samples.NOW)[0]) == 3


def test_rows_of_a_bundle_share_their_facts(planted) -> None:
    """Whoever knows of a person's focus and whether it changed finds at least five rows by it."""
    with zipfile.ZipFile(io.BytesIO(reports.file_of(*waves(planted), "bundle"))) as archive:
        lines = archive.read("data.csv").decode().splitlines()
    rows = [line.split(",") for line in lines if ",paired," in line]
    pre = {row[0]: row[3] for row in rows if row[2] == "pre"}
    facts = [(row[4], pre[row[0]]) for row in rows if row[2] == "post"]
    assert len(facts) == 26
    assert all(facts.count(fact) >= 5 for fact in facts)
    assert rerun_bundle(reports.file_of(*waves(planted), "bundle")).same


def test_no_bundle_of_too_few(cast) -> None:
    survey = answered_survey(cast, both=5, pre_only=9)
    with pytest.raises(ValueError, match="Fewer than 5"):
        reports.file_of(*waves(survey), "bundle")


def test_files_for_research_hold_no_refuser(planted, tmp_path) -> None:
    table = table_of(planted, exportable(planted, samples.NOW), with_words=True)
    path = tmp_path / "data.sav"
    data_files.write_sav(table, str(path))
    import pyreadstat

    frame, meta = pyreadstat.read_sav(str(path))
    with zipfile.ZipFile(io.BytesIO(data_files.workbook(table))) as archive:
        book = "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    every = {
        "sav": frame.to_csv() + str(meta.variable_value_labels) + str(meta.column_names_to_labels),
        "sps": data_files.syntax(table, "pre", "post", "data.sav"),
        "wide": data_files.wide_csv(table),
        "long": data_files.long_csv(table),
        "xlsx": book,
        "codebook": data_files.codebook_csv(table) + data_files.codebook_html(table),
    }
    for name, text in every.items():
        assert FOCUS_OF_REFUSERS not in text, name
        assert WORDS_OF_REFUSERS not in text, name
    assert len(frame) == 32


def test_withdrawn_consent_reaches_every_format(planted) -> None:
    gone = planted.waves.get(slug="pre").responses.for_research().order_by("pairing_key").first().pairing_key
    before = len(gather.data_of(*waves(planted)).pre)
    Response.objects.filter(wave__survey=planted, pairing_key=gone).update(consent_analysis=False)
    assert len(gather.data_of(*waves(planted)).pre) == before - 1
    assert json.loads(written(planted, "json"))["flow"]["paired_consenting"] == before - 1
