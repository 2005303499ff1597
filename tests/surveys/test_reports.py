"""The report from the ledgers to every format: consent, small groups, permissions, self-checks."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from leaderdev.common.refusals import RefusedError
from surveys.analysis.bundle import rerun_bundle, write_bundle
from surveys.models import ReportOrder, Response
from surveys.report import gather
from surveys.report.writers import TYPES, WRITERS
from surveys.services import reports
from tests.surveys import samples
from tests.surveys.answered import answered_survey, waves

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(cast):
    return answered_survey(cast)


def address(survey, name="report", *more):
    from django.urls import reverse

    return reverse(f"findings:{name}", args=[survey.slug, "pre", "post", *more])


def test_only_consenting_pairs_are_counted(answered) -> None:
    data = gather.data_of(*waves(answered))
    assert (len(data.pre), len(data.alone_pre), len(data.alone_post)) == (13, 6, 3)
    # One pair did not agree to research: how many did not is told of nobody or of enough.
    assert (data.flow.paired, data.flow.paired_consenting, data.flow.answered_pre) == (None, 13, 20)
    assert set(data.switched) == {0, 1}


def test_withdrawn_consent_leaves_the_report_at_once(answered) -> None:
    pre, post = waves(answered)
    assert reports.findings(pre, post).figures["items"][0]["n"] == 13
    Response.objects.filter(pairing_key=f"{0:032x}").update(consent_analysis=False)
    assert reports.findings(pre, post).figures["items"][0]["n"] == 12


def test_the_cache_answers_while_nothing_changes(answered, monkeypatch) -> None:
    pre, post = waves(answered)
    first = reports.findings(pre, post)
    monkeypatch.setattr(reports, "_computed", lambda *_waves: pytest.fail("computed again"))
    assert reports.findings(pre, post) == first


def test_fewer_pairs_than_the_smallest_group_show_nothing(cast) -> None:
    survey = answered_survey(cast, both=5, pre_only=9)
    found = reports.findings(*waves(survey))
    assert found.figures["hidden"] is True
    assert (found.figures["items"], found.figures["competencies"]) == ([], [])
    assert [section.key for section in found.report.sections] == ["who"]
    for kind, writer in WRITERS.items():
        assert b"rank-biserial" not in writer(found.report, found.figures, "letter"), kind


def test_small_groups_beside_the_pairs_are_hidden(cast) -> None:
    survey = answered_survey(cast, both=14, pre_only=3)
    found = reports.findings(*waves(survey)).figures
    assert (found["baseline"], found["baseline_hidden"]) == ([], True)
    assert (found["stayers"]["hidden"], found["switchers"]["hidden"]) == (False, False)
    Response.objects.filter(wave__survey=survey, wave__slug="post").update(focus=None)
    hidden = reports.findings(*waves(survey)).figures
    assert (hidden["stayers"], hidden["switched_share"]) == ({"n": None, "hidden": True, "items": []}, None)


@pytest.mark.parametrize("kind", list(WRITERS))
def test_every_format_is_made_and_names_nobody(answered, cast, kind) -> None:
    pre, post = waves(answered)
    found = reports.findings(pre, post)
    assert found.problems == ()
    data = reports.file_of(pre, post, kind)
    text = data
    if kind in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            text = b"".join(archive.read(name) for name in archive.namelist())
    assert str(cast.participant).encode() not in text
    assert f"{3:032x}".encode() not in text
    assert data[:4] == {"pdf": b"%PDF", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04"}.get(kind, data[:4])


def test_figures_are_those_of_the_command_line(answered) -> None:
    figures = json.loads(reports.file_of(*waves(answered), "json"))
    assert len(figures["items"]) == 12
    assert figures["items"][0]["n"] + figures["items"][0]["n_dropped"] == 13
    assert [row["item"] for row in figures["items"]] == figures["items_kept"]


def test_a_report_that_contradicts_itself_is_not_exported(answered, monkeypatch) -> None:
    pre, post = waves(answered)
    found = reports.findings(pre, post)
    wrong = reports.Findings(
        found.report, found.figures, ("Item 1: negative + positive + tied is 12, n is 13.",)
    )
    monkeypatch.setattr(reports, "findings", lambda *_waves: wrong)
    with pytest.raises(ValueError, match="Item 1: negative"):
        reports.file_of(pre, post, "json")


def test_pages_of_a_lead(client, cast, answered) -> None:
    client.force_login(cast.lead)
    assert answered.title in client.get("/findings/").content.decode()
    page = client.get(address(answered)).content.decode()
    assert "What can be said" in page
    assert "1. Statement number 1." in page
    svg = client.get(address(answered, "picture", "flow", "svg"))
    assert svg["Content-Type"] == "image/svg+xml"
    assert b"<title" in svg.content
    assert client.get(address(answered, "picture", "flow", "png")).content.startswith(b"\x89PNG")
    assert client.get(address(answered, "picture", "flow", "gif")).status_code == 404
    assert client.get(address(answered, "picture", "none", "svg")).status_code == 404
    assert 'value="bundle"' not in page


def test_a_file_is_ordered_made_and_fetched(client, cast, answered, monkeypatch) -> None:
    monkeypatch.setattr("leaderdev.common.documents.making._wake", lambda *_: None)
    client.force_login(cast.researcher)
    waiting = client.post(address(answered, "file_order"), {"format": "bundle", "paper": "a4"}, follow=True)
    order = ReportOrder.objects.get()
    assert "It is being made" in waiting.content.decode()
    assert reports.sweep_reports(now=samples.NOW) == 1
    ready = client.get(f"/findings/file/{order.pk}/").content.decode()
    assert "Download the report" in ready
    fetched = client.get(f"/findings/file/{order.pk}/download/")
    assert fetched["Content-Type"] == "application/zip"
    assert rerun_bundle(b"".join(fetched.streaming_content)).same
    client.force_login(cast.lead)
    assert client.get(f"/findings/file/{order.pk}/").status_code == 404


def test_a_lead_gets_no_bundle(client, cast, answered) -> None:
    with pytest.raises(PermissionDenied):
        reports.order_report(
            by=cast.lead, pre=waves(answered)[0], post=waves(answered)[1], format="bundle", paper="a4"
        )
    client.force_login(cast.lead)
    refused = client.post(address(answered, "file_order"), {"format": "bundle"})
    assert refused.status_code == 400
    assert ReportOrder.objects.count() == 0


def test_an_open_wave_has_no_report(client, cast) -> None:
    survey = samples.make_survey(cast)
    pre = samples.make_wave(cast, survey, closes_at=samples.NOW - samples.DAY)
    post = samples.make_wave(cast, survey, "post")
    with pytest.raises(RefusedError, match="still takes answers"):
        reports.check_readable(by=cast.lead, pre=pre, post=post, now=samples.NOW)
    with pytest.raises(RefusedError, match="two waves"):
        reports.check_readable(by=cast.lead, pre=pre, post=pre, now=samples.NOW)
    client.force_login(cast.lead)
    assert "still takes answers" in client.get(address(survey), follow=True).content.decode()
    assert client.get(address(survey, "picture", "flow", "svg")).status_code == 404
    posted = client.post(address(survey, "file_order"), {"format": "pdf"}, follow=True)
    assert "still takes answers" in posted.content.decode()
    assert reports.wave_pairs(survey, samples.NOW) == []


def test_whoever_lost_the_right_meanwhile_gets_no_file(cast, answered) -> None:
    pre, post = waves(answered)
    order = ReportOrder(by=cast.bystander, pre=pre, post=post, format="json", paper="a4")
    assert reports._render(order) is None
    order.by = cast.stranger
    assert reports._render(order) is None
    order.by, order.format = cast.lead, "bundle"
    assert reports._render(order) is None
    order.format = "json"
    assert reports._render(order) is not None


def test_commands_write_the_report_and_run_a_bundle_again(answered, tmp_path, capsys) -> None:
    out = io.StringIO()
    call_command("survey_report", survey=answered.slug, stdout=out)
    assert json.loads(out.getvalue())["survey"] == answered.title
    bundle = tmp_path / "bundle.zip"
    call_command("survey_report", survey=answered.slug, format="bundle", output=bundle, stderr=out)
    out = io.StringIO()
    call_command("rerun_bundle", str(bundle), stdout=out)
    assert out.getvalue().startswith("The same: ")
    with pytest.raises(CommandError, match="There is no survey"):
        call_command("survey_report", survey="none")
    with pytest.raises(CommandError, match="no wave"):
        call_command("survey_report", survey=answered.slug, pre="mid")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("survey_report", survey=answered.slug, output=tmp_path / "no" / "report.json")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("rerun_bundle", str(tmp_path / "none.zip"))


def test_a_bundle_says_what_changed(answered, tmp_path) -> None:
    data = gather.data_of(*waves(answered))
    content = write_bundle(data)
    assert write_bundle(gather.data_of(*waves(answered))) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["report.json"] = re.sub(rb'"negative": (\d+)', rb'"negative": 99', files["report.json"], count=1)
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(broken, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    with pytest.raises(CommandError, match=r"report\.json is not the file"):
        call_command("rerun_bundle", str(broken))


def test_types_name_every_format() -> None:
    assert set(TYPES) == set(ReportOrder.Format.values)
    assert {*WRITERS, "bundle"} == set(TYPES)
