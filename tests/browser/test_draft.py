"""The drafting page in a real browser: what scripts add to the page that works without them."""

import pytest
from django.test import Client
from django.urls import reverse

from campaign.models import SubPlan
from tests.browser.axe import violations
from tests.factories.campaign import DutyFactory, PlannedActivityFactory, SubPlanFactory
from tests.factories.units import OfficerFactory

pytestmark = pytest.mark.browser

PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.querySelector("[data-paste-url] .table-scroll").dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def draft(real_commits):
    draft = SubPlanFactory()
    duty = DutyFactory(unit=draft.unit)
    PlannedActivityFactory(sub_plan=draft, plan_items=[duty.item])
    return draft


@pytest.fixture
def open_draft(draft, live_server, context):
    """Sign somebody of the unit in and open the draft; each call is another person."""

    def open_page():
        client = Client()
        client.force_login(OfficerFactory(draft.unit))
        context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": client.cookies["sessionid"].value,
                    "url": live_server.url,
                }
            ]
        )
        page = context.new_page()
        page.goto(live_server.url + reverse("campaign:draft", args=[draft.pk]))
        return page

    return open_page


def test_a_row_is_added_in_its_place_and_what_follows_is_counted_again(open_draft, draft):
    page = open_draft()
    page.click("#activity-end >> text=Thêm hoạt động")
    page.fill("form.activity-form [name=title]", "Hội diễn")
    page.fill("form.activity-form [name=starts_on]", "31/4/2024")
    page.click("form.activity-form >> text=Lưu hoạt động")
    page.wait_for_selector("form.activity-form .invalid-feedback")
    kept = page.input_value("form.activity-form [name=title]")
    page.fill("form.activity-form [name=starts_on]", "30/4/2024")
    page.click("form.activity-form >> text=Lưu hoạt động")
    page.wait_for_selector("form.activity-form", state="detached")

    assert kept == "Hội diễn"
    assert page.locator("tbody.activity").count() == 2
    assert "Hoạt động (2)" in page.locator("#draft-nav").inner_text().replace("\n", " ")
    assert draft.activities.count() == 2


def test_rows_pasted_from_excel_are_checked_then_saved(open_draft, draft):
    code = draft.activities.get().plan_items.get().code
    page = open_draft()
    page.evaluate(PASTE, f"Nội dung\tMục KH\tBắt đầu\nHội thao\t{code}\t30/2/2024")
    page.wait_for_selector("#paste-preview .cell-error")
    refused = draft.activities.count()
    page.fill("#paste-preview textarea", f"Nội dung\tMục KH\nHội thao\t{code}")
    page.click("#paste-preview button >> text=Kiểm tra lại")
    page.click("text=Ghi 1 hoạt động")
    page.wait_for_selector("text=Đã ghi 1 hoạt động vào bảng.")

    assert (refused, draft.activities.count()) == (1, 2)


def test_texts_are_saved_while_one_types_and_a_colleague_is_never_overwritten(open_draft, draft):
    first, second = open_draft(), open_draft()
    first.fill("#id_purpose", "Của người thứ nhất")
    first.wait_for_selector("[data-save-state=''][data-state=saved]")
    second.fill("#id_purpose", "Của người thứ hai")
    second.wait_for_selector(".conflict-texts")

    assert SubPlan.objects.get(pk=draft.pk).purpose == "Của người thứ nhất"
    assert second.input_value("#id_purpose") == "Của người thứ hai"


@pytest.mark.parametrize("width", [360, 1440])
def test_the_page_is_readable_for_everybody(open_draft, width):
    page = open_draft()
    page.set_viewport_size({"width": width, "height": 800})

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
