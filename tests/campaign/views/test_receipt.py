"""The receipt: on the page, on paper, and for anybody who holds its code."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from campaign.datasets.receipt import receipt_of
from lib import clock
from tests.factories.campaign import LATE_AT, SubPlanFactory
from tests.factories.units import OfficerFactory

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"campaign:{name}", args=arguments)


def test_a_draft_has_no_receipt(client):
    draft = SubPlanFactory()
    client.force_login(OfficerFactory(draft.unit))

    assert client.get(url("receipt", draft.pk)).status_code == 404


def test_the_receipt_says_what_was_received():
    sub_plan = SubPlanFactory(submitted=True)

    receipt = receipt_of(sub_plan)

    file = sub_plan.files.get()
    assert (receipt.code, receipt.standing, receipt.decides) == (
        sub_plan.receipt_code, "Đúng hạn", True,
    )  # fmt: skip
    assert [(f.name, f.sha256) for f in receipt.files] == [(file.name, file.stored.sha256)]


def test_late_is_told_in_calendar_and_working_days():
    # Due on Friday 22/3/2024, received on Monday.
    receipt = receipt_of(SubPlanFactory(submitted=True, submitted_at=LATE_AT))

    assert receipt.standing == "Trễ 3 ngày (1 ngày làm việc)"


def test_a_later_version_says_that_the_first_decides():
    first = SubPlanFactory(returned=True)
    second = SubPlanFactory(unit=first.unit, version=2, submitted=True, submitted_at=LATE_AT)

    receipt = receipt_of(second)

    assert (receipt.standing, receipt.decides) == ("Đúng hạn", False)


@pytest.mark.parametrize("state", [{"withdrawn": True}, {"void": True}])
def test_what_no_longer_counts_says_so(state):
    receipt = receipt_of(SubPlanFactory(**state))

    assert receipt.standing == ("Lần gửi này không còn được tính (đơn vị đã rút hoặc không hợp lệ)")


def test_the_page_and_the_paper_say_the_same(client):
    sub_plan = SubPlanFactory(submitted=True)
    client.force_login(OfficerFactory(sub_plan.unit))

    page = client.get(url("receipt", sub_plan.pk))
    paper = client.get(url("receipt-pdf", sub_plan.pk))

    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(paper.content)).pages)
    said = re.sub(r"\s+", "", text)
    shown = page.context["receipt"]
    wanted = [
        shown.code, shown.unit, shown.standing, shown.files[0].sha256, page.context["verify_url"],
        "09:00 ngày 20/3/2024", "UTC+07", "PHIẾU TIẾP NHẬN",
    ]  # fmt: skip
    assert paper["Content-Type"] == "application/pdf"
    assert [words for words in wanted if re.sub(r"\s+", "", words) not in said] == []


def test_anybody_may_verify_a_code_and_learns_nothing_else(client):
    sub_plan = SubPlanFactory(submitted=True)

    response = client.get(url("verify-code", sub_plan.receipt_code))

    shown = response.content.decode()
    told = [sub_plan.unit.name, "Đúng hạn", sub_plan.files.get().stored.sha256]
    hidden = [
        sub_plan.document_number, sub_plan.signer_name, sub_plan.files.get().name,
        str(sub_plan.submitted_by), sub_plan.purpose,
    ]  # fmt: skip
    assert response.status_code == 200
    assert [words for words in told if words not in shown] == []
    assert [words for words in hidden if words in shown] == []


def test_an_unknown_code_gets_a_clear_answer(client):
    response = client.get(url("verify-code", "2024-0000000000"))

    assert response.status_code == 404
    assert response.context["is_unknown"]


def test_the_form_leads_to_the_address_of_the_code(client):
    response = client.get(url("verify"), {"code": " 2024-abc "})

    assert response.url == url("verify-code", "2024-ABC")


@pytest.mark.parametrize(
    "typed", ["2024-fec365a019", "2024 FEC365A019", "2024FEC365A019", "2024 – fec365a019"]
)
def test_a_code_is_understood_however_its_hyphen_was_written(client, typed):
    response = client.get(url("verify"), {"code": typed})

    assert response.url == url("verify-code", "2024-FEC365A019")


@pytest.mark.parametrize("code", ["", "a/b", "x" * 21])
def test_what_is_no_code_is_asked_again(client, code):
    assert client.get(url("verify"), {"code": code}).status_code == 422


def test_a_machine_that_tries_codes_is_slowed(client, settings):
    settings.PORTAL_NOW_SINCE = clock.now()
    settings.PORTAL_NOW = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)

    answers = [
        client.get(url("verify-code", f"2024-{n}"), REMOTE_ADDR="203.0.113.9").status_code
        for n in range(31)
    ]

    assert answers == [404] * 30 + [429]
