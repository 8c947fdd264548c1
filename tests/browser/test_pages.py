"""Every page of the main job at three widths, light and dark: axe finds nothing, nothing sticks out."""

import pytest

from tests.browser.axe import faults

pytestmark = pytest.mark.browser

ASK = """
from campaign.models import SubPlan
from reports.models import Report
for status in ("draft", "awaiting_head", "submitted", "under_review", "returned"):
    found = SubPlan.objects.filter(status=status, version=1).order_by("pk").first()
    print(status, found.pk, found.unit.code.lower())
report = Report.objects.filter(state="done").first()
print("report", report.pk, report.campaign.code)
again = SubPlan.objects.filter(version=2, status="submitted").order_by("pk").first()
print("again", again.pk, again.unit.code.lower())
"""


@pytest.fixture(scope="module")
def known(training_portal, tmp_path_factory):
    """Number and unit of one sub-plan in each state, and of a report."""
    out = str(tmp_path_factory.mktemp("report"))
    built = training_portal.manage(
        "build_report", "--campaign", "2024", "--as-of", "2024-03-19", "--out", out
    )
    assert built.returncode == 0, built.stderr
    told = training_portal.manage("shell", "--verbosity", "0", "-c", ASK)
    assert told.returncode == 0, told.stderr
    rows = [line.split() for line in told.stdout.splitlines() if line.count(" ") == 2]
    return {state: (pk, code) for state, pk, code in rows}


@pytest.mark.parametrize(
    ("state", "who", "path"),
    [
        ("draft", "chuyenvien", "/"),
        ("draft", "chuyenvien", "/ke-hoach-trien-khai/{pk}/soan/"),
        ("draft", "chuyenvien", "/ke-hoach-trien-khai/{pk}/hoat-dong/them/"),
        ("draft", "chuyenvien", "/ke-hoach-trien-khai/{pk}/hoat-dong/dan/"),
        ("awaiting_head", "thutruong", "/ke-hoach-trien-khai/{pk}/"),
        ("submitted", "chuyenvien", "/ke-hoach-trien-khai/{pk}/phieu-tiep-nhan/"),
        ("returned", "chuyenvien", "/"),
        ("returned", "chuyenvien", "/ke-hoach-trien-khai/{pk}/"),
        ("again", "chuyenvien", "/ke-hoach-trien-khai/{pk}/so-sanh/{before}/"),
    ],
)
def test_pages_of_a_unit(signed_in, known, state, who, path):
    pk, unit = known[state]
    person = signed_in(f"{unit}.{who}")

    answer = person.goto(path.format(pk=pk, before=int(pk) - 1))

    assert (answer.status, faults(person)) == (200, [])


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/xem-xet/?phan_cong=tat-ca",
        "/xem-xet/{submitted}/",
        "/xem-xet/{under_review}/",
        "/xem-xet/{again}/",
        "/xem-xet/phan-cong/",
        "/nhap-thay/",
        "/ke-hoach-trien-khai/",
        "/ke-hoach/2024/",
        "/tong-quan/",
        "/tong-quan/hoat-dong/",
        "/bao-cao/",
        "/bao-cao/{report}/",
    ],
)
def test_pages_of_the_board(signed_in, known, path):
    head = signed_in("btdkt.truongban")

    answer = head.goto(path.format(**{state: pk for state, (pk, _) in known.items()}))

    assert (answer.status, faults(head)) == (200, [])


def test_the_public_page_of_receipts(open_browser):
    stranger = open_browser()

    stranger.goto("/kiem-tra/2024-KHONGCO/")

    assert faults(stranger) == []
