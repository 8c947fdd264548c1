from datetime import UTC, datetime, timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse

from lib import clock
from reports.models import Report
from reports.tasks import build_report
from tests.factories import (
    BoardHeadFactory,
    LeadershipFactory,
    OfficerFactory,
    ReviewerFactory,
    SubPlanFactory,
    UserFactory,
)
from tests.reports.conftest import AS_OF

State = Report.State


@pytest.fixture
def report(province, at):
    return Report.objects.ask(province.campaign, as_of=AS_OF, by=UserFactory(), at=at)


@pytest.fixture
def ready(report):
    build_report(report_id=report.pk)
    report.refresh_from_db()
    return report


@pytest.fixture
def board(client, db):
    client.force_login(BoardHeadFactory())
    return client


def ask(client, day, hour):
    form = {"kind": "ke-hoach", "day": day, "hour": hour, "form_key": uuid4()}
    return client.post(reverse("reports:reports"), form)


def test_board_asks_for_a_report_and_the_minute_counts_in_full(board, province):
    response = ask(board, "22/3/2024", "23:59")

    asked = Report.objects.get()
    assert (response.status_code, response.url) == (302, asked.get_absolute_url())
    assert asked.as_of == datetime(2024, 3, 22, 16, 59, 59, 999999, tzinfo=UTC)
    assert asked.state == State.QUEUED


def test_double_press_asks_once(board, province):
    form = {"kind": "ke-hoach", "day": "22/3/2024", "hour": "23:59", "form_key": uuid4()}
    first = board.post(reverse("reports:reports"), form)
    second = board.post(reverse("reports:reports"), form)

    assert (first.url, Report.objects.count()) == (second.url, 1)


@pytest.mark.parametrize(
    ("day", "hour", "sentence"),
    [
        ("3/22/2024", "23:59", "có tháng lớn hơn 12"),
        ("22/3/2024", "25:00", "Giờ chưa đúng, ví dụ 23:59."),
        ("", "", "Hãy ghi ngày chốt số liệu"),
        ("22/3/2990", "10:00", "Năm trong “22/3/2990”"),
    ],
)
def test_bad_cut_off_is_answered_beside_what_was_typed(board, province, day, hour, sentence):
    response = ask(board, day, hour)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert f'value="{day}"' in page or not day
    assert Report.objects.count() == 0


def test_cut_off_in_the_future_is_answered_with_a_sentence(board, province):
    tomorrow = clock.local_day(clock.now()) + timedelta(days=1)

    response = ask(board, f"{tomorrow:%d/%m/%Y}", "00:00")

    assert response.status_code == 422
    assert "không thể ở sau lúc này" in response.content.decode()


def test_who_only_reads_is_refused_to_ask(client, province):
    client.force_login(LeadershipFactory())

    assert ask(client, "22/3/2024", "23:59").status_code == 403
    assert client.get(reverse("reports:reports")).status_code == 200


def test_units_see_none_of_it(client, ready):
    client.force_login(OfficerFactory())
    pages = [reverse("reports:overview"), reverse("reports:activities")]
    names = ["report", "report-progress", "report-units", "report-activities"]
    pages += [reverse(f"reports:{name}", args=[ready.pk]) for name in names]
    pages.append(reverse("reports:report-file", args=[ready.pk, "pdf"]))

    assert {client.get(page).status_code for page in pages} == {404}
    for name in ("report-cancel", "report-retry"):
        page = reverse(f"reports:{name}", args=[ready.pk])
        assert client.post(page, {"form_key": uuid4()}).status_code == 404


def test_progress_names_the_steps_and_asks_again(board, report, at):
    working = Report.objects.claim(report.pk, at=at)
    working.begin_step("Viết bản PDF", done=4, of=6, at=at)

    response = board.get(
        reverse("reports:report-progress", args=[report.pk]), headers={"HX-Request": "true"}
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "Viết bản PDF – bước 5/6" in " ".join(page.split())
    assert (page.count("is-done"), page.count("is-current"), page.count("is-waiting")) == (4, 1, 1)
    assert 'hx-trigger="every 1s"' in page


def test_progress_stops_asking_when_all_is_done(board, ready):
    response = board.get(
        reverse("reports:report-progress", args=[ready.pk]), headers={"HX-Request": "true"}
    )

    assert (response.status_code, response["HX-Refresh"]) == (286, "true")
    assert "hx-trigger" not in response.content.decode()


def test_progress_without_htmx_is_the_page_itself(board, report):
    response = board.get(reverse("reports:report-progress", args=[report.pk]))
    page = board.get(response.url).content.decode()

    assert response.url == report.get_absolute_url()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page


def test_page_of_a_ready_report_shows_its_figures_and_files(board, ready):
    response = board.get(ready.get_absolute_url())

    page = response.content.decode()
    assert response.status_code == 200
    assert response.context["data"].totals.sent == 2
    assert ready.digest[:12] in page
    for kind in ("docx", "pdf", "xlsx"):
        assert reverse("reports:report-file", args=[ready.pk, kind]) in page


def test_every_figure_opens_a_list_of_that_length(board, ready):
    totals = board.get(ready.get_absolute_url()).context["data"].totals
    units = reverse("reports:report-units", args=[ready.pk])
    lengths = {
        state: board.get(units, {"tinh_trang": state}).context["count"]
        for state in ("da-gui", "dung-han", "tre-han", "chua-gui", "mien")
    }
    rated = board.get(units, {"tinh_trang": "dung-han", "muc_do": "phai-gui"})
    activities = reverse("reports:report-activities", args=[ready.pk])

    assert rated.context["count"] == totals.required_on_time == 1
    assert lengths == {
        "da-gui": totals.sent, "dung-han": totals.on_time, "tre-han": totals.late,
        "chua-gui": totals.missing, "mien": totals.exempt,
    }  # fmt: skip
    assert board.get(activities).context["count"] == totals.activities


def test_lists_keep_the_frozen_figures(board, ready, province):
    SubPlanFactory(submitted=True, unit=province.missing)

    units = board.get(reverse("reports:report-units", args=[ready.pk]), {"tinh_trang": "da-gui"})

    assert units.context["count"] == 2


def test_activities_can_be_narrowed_to_a_row_of_the_plan_and_a_block(board, ready, province):
    page = reverse("reports:report-activities", args=[ready.pk])

    def titles(**asked):
        return [row.title for row in board.get(page, asked).context["list"].rows]

    assert titles(muc="III.1") == ["Hội thi", "Triển lãm", "Khám bệnh"]
    assert titles(muc="III.1.2") == ["Hội thi", "Triển lãm"]
    assert titles(muc="IV.7.1") == ["Hội thi"]
    assert titles(khoi=province.others.code) == []
    assert board.get(page, {"muc": "XX"}).status_code == 404


def test_export_is_what_is_shown(board, ready, tmp_path):
    page = reverse("reports:report-units", args=[ready.pk])
    file = tmp_path / "xuat.xlsx"
    file.write_bytes(board.get(page, {"tinh_trang": "tre-han", "xuat": "xlsx"}).content)

    rows = [row for row in openpyxl.load_workbook(file).active.values if isinstance(row[0], int)]
    assert [(row[1], row[5], row[6]) for row in rows] == [("Sở Y tế", "Trễ 3 ngày", 3)]


def test_download_is_an_attachment_with_a_name(board, ready):
    response = board.get(reverse("reports:report-file", args=[ready.pk, "docx"]))

    assert response["Content-Disposition"] == (
        'attachment; filename="bao-cao-tong-hop-2024-2024-03-25.docx"'
    )
    assert b"".join(response.streaming_content)[:2] == b"PK"
    other = reverse("reports:report-file", args=[ready.pk, "exe"])
    assert board.get(other).status_code == 404


def test_failure_is_shown_with_a_way_to_try_again(board, report, at):
    Report.objects.claim(report.pk, at=at).fail("Kho tệp đầy.", at=at)

    page = board.get(report.get_absolute_url()).content.decode()
    response = board.post(reverse("reports:report-retry", args=[report.pk]), {"form_key": uuid4()})

    assert "Kho tệp đầy." in page
    assert reverse("reports:report-retry", args=[report.pk]) in page
    fresh = Report.objects.get(state=State.QUEUED)
    assert response.url == fresh.get_absolute_url()


def test_ready_report_cannot_be_cancelled(board, ready):
    response = board.post(reverse("reports:report-cancel", args=[ready.pk]), {"form_key": uuid4()})

    assert response.status_code == 409


def test_list_shows_newest_first_with_a_fixed_number_of_queries(
    client, province, at, django_assert_max_num_queries
):
    client.force_login(ReviewerFactory())
    url = reverse("reports:reports")
    client.get(url)

    def used_with_one_more(moment):
        Report.objects.ask(province.campaign, as_of=AS_OF, by=UserFactory(), at=moment)
        with django_assert_max_num_queries(20) as used:
            client.get(url)
        return len(used)

    first, _, third = (used_with_one_more(at + timedelta(minutes=n)) for n in range(3))

    asked = [row.asked_at for row in client.get(url).context["page"]]
    assert third == first
    assert asked == sorted(asked, reverse=True)
