import json
import shutil
from collections import Counter
from datetime import UTC, date, datetime
from io import StringIO
from unicodedata import is_normalized

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from campaign.importers.plan import FOLDER, available, load_plan, read_plan
from campaign.models import Assignment, Campaign, Duty, DutyParty, Obligation, PlanItem
from lib.datafile import BadDataFile
from units.importers import load_units
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    load_units()
    return load_plan("2024").campaign


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "data")


def codes(items):
    return [item.code for item in items.in_order()]


def test_the_header_says_what_the_plan_says(plan):
    assert (plan.issued_on, plan.starts_on, plan.ends_on) == (
        date(2024, 3, 7),
        date(2024, 3, 7),
        date(2024, 12, 31),
    )
    assert plan.sub_plan_due_date == date(2024, 3, 22)
    assert (plan.document_number, plan.signer_name) == ("", "Võ Đức Trọng")
    assert plan.theme == "Đoàn kết, mẫu mực, chủ động, sáng tạo, Quyết thắng"


def test_the_plan_has_its_exact_counts(plan):
    assert Counter(plan.items.values_list("kind", flat=True)) == {
        "document": 3,
        "anniversary": 5,
        "legal_basis": 5,
        "preamble": 1,
        "purpose": 4,
        "content_item": 6,
        "theme": 1,
        "guiding_thought": 1,
        "guiding_part": 5,
        "solution_heading": 7,
        "solution_bullet": 25,
        "campaign_window": 1,
        "assignment_heading": 12,
        "assignment_bullet": 35,
        "closing_requirement": 2,
        "recipient": 14,
        "signature": 2,
    }


def test_bullets_and_duties_stand_under_their_headings(plan):
    bullets = Counter(plan.items.bullets().values_list("parent__code", flat=True))
    duties = Counter(plan.items.duties().values_list("parent__code", flat=True))

    assert [bullets[f"III.{n}"] for n in range(1, 8)] == [5, 3, 3, 2, 6, 3, 3]
    assert [duties[f"IV.{n}"] for n in range(2, 14)] == [2, 8, 2, 3, 3, 3, 1, 2, 2, 3, 1, 5]


def test_duties_are_led_joined_or_asked_for_as_the_plan_says(plan):
    duties = Duty.objects.filter(item__campaign=plan)

    assert Counter(duties.values_list("verb", flat=True)) == {
        "lead": 7,
        "coordinate": 8,
        "advise": 2,
        "direct": 8,
        "carry_out": 10,
    }
    assert Counter(duties.values_list("lead_basis", flat=True)) == {
        "explicit": 27,
        "not_stated": 6,
        "joint_no_lead": 1,
        "cross_ref": 1,
    }
    assert duties.filter(is_request=True).count() == 9


def test_print_is_kept_to_the_letter_with_the_correction_beside_it(plan):
    corrected = plan.items.exclude(text_corrected="")
    gratitude = plan.items.get(code="IV.5.2")

    assert codes(corrected) == [
        "II.1.a", "II.1.b", "II.2", "II.6", "III.2.2", "III.3.1", "IV.4.2", "IV.5.2", "IV.8.1",
        "IV.10.1", "KL.2", "KY.1",
    ]  # fmt: skip
    assert "đèn on, đáp nghĩa" in gratitude.text_issued
    assert "đền ơn, đáp nghĩa" in gratitude.text
    assert plan.items.get(code="KL.2").text_issued.endswith("để tổng hợp./Nguyễn Văn")
    assert all(is_normalized("NFC", item.text_issued) for item in plan.items.all())


def test_a_row_knows_its_lines_and_its_relatives(plan):
    item = plan.items.get(code="IV.10.2")

    assert (item.line_start, item.line_end, item.related_codes) == (198, 200, "III.1.1")


def test_parties_are_units_or_classes_of_units(plan):
    def named(code, role):
        parties = DutyParty.objects.filter(duty__item__code=code, role=role).order_by("pk")
        return [party.unit.code if party.unit else party.unit_class for party in parties]

    assert named("IV.2.1", "assignee") == ["KTDCT"]
    assert named("IV.13.1", "lead") == ["UBNDCH"]
    assert named("IV.3.3", "lead") == ["BCHQS", "SNV"]
    assert named("IV.3.4", "lead") == []
    assert named("IV.4.2", "coordinator") == ["SVHTTDL", "HVHNT"]


def test_a_second_run_changes_nothing(plan):
    tallies = load_plan("2024").tallies

    assert [(tally.created, tally.changed, tally.same) for tally in tallies] == [
        (0, 0, 1),
        (0, 0, 129),
        (0, 0, 35),
        (0, 0, 81),
    ]


def test_a_party_the_additions_no_longer_name_goes(plan, folder):
    path = folder / "2024" / "additions.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Sở Văn hóa, Thể thao và Du lịch",\n', "", 1), encoding="utf-8")

    load_plan("2024", folder)

    assert DutyParty.objects.filter(duty__item__code="IV.4.2", role="coordinator").count() == 1


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"KN.2": {', '"KN.9": {', "additions.json: Kế hoạch không có mục “KN.9”."),
        ('"date_note":', '"ngay":', "additions.json, mục KN.1: không có “ngay”."),
        ('"facts"', '"su_kien"', "additions.json: không đọc được"),
        ('"signer_position"', '"chuc_vu"', "additions.json: thừa hoặc thiếu mục chuc_vu"),
    ],
)
def test_bad_additions_are_told_and_leave_nothing(folder, old, new, sentence):
    load_units()
    path = folder / "2024" / "additions.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(BadDataFile) as problem:
        load_plan("2024", folder)

    assert str(problem.value).startswith(sentence)
    assert Campaign.objects.count() == 0


def test_a_correction_that_corrects_nothing_is_refused(folder):
    path = folder / "2024" / "additions.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    said["items"]["HD.2"] = {"corrected": "KẾ HOẠCH"}
    path.write_text(json.dumps(said), encoding="utf-8")

    with pytest.raises(BadDataFile, match=r"mục HD\.2: văn bản đã sửa giống hệt bản in"):
        load_plan("2024", folder)


def test_a_text_that_is_no_plan_is_told(folder):
    (folder / "2024" / "plan.md").write_text("Báo cáo\n", encoding="utf-8")

    with pytest.raises(BadDataFile, match=r"^plan.md: "):
        load_plan("2024", folder)


def test_the_additions_say_only_what_the_reader_does_not_find(folder):
    _, rows = read_plan(folder / "2024" / "plan.md")
    said = json.loads((folder / "2024" / "additions.json").read_text(encoding="utf-8"))["items"]
    idle = [
        (row.code, name)
        for row in rows
        for name, value in said.get(row.code, {}).items()
        if getattr(row, name) == (tuple(value) if isinstance(value, list) else value)
    ]

    assert idle == []
    # No row, heading, verb, addressee or line is told there: those are the reader's.
    assert {name for one in said.values() for name in one} == {
        "text", "corrected", "basis", "leads", "coordinators", "other_actors", "dates", "date_note",
        "legal_references", "related", "note",
    }  # fmt: skip


def test_the_command_gives_duties_and_obligations_once():
    load_units()

    call_command("load_campaign", "2024", stdout=StringIO())
    call_command("load_campaign", stdout=StringIO())

    assert available() == ["2024"]
    assert Assignment.objects.filter(duty__item__code="IV.2.1", role="assignee").count() == 14
    assert Assignment.objects.filter(duty__item__code="IV.13.1", role="assignee").count() == 9
    owed = Obligation.objects.all()
    assert (owed.count(), owed.required().count()) == (105, 105)
    assert set(owed.values_list("due_date", "closes_at")) == {
        (date(2024, 3, 22), datetime(2024, 3, 22, 17, tzinfo=UTC))
    }
    assert AuditEvent.objects.filter(verb="loaded").count() == 1


def test_the_command_needs_the_units_first():
    with pytest.raises(CommandError, match="hãy nạp đơn vị trước"):
        call_command("load_campaign", stdout=StringIO())

    assert (Campaign.objects.count(), PlanItem.objects.count()) == (0, 0)


def test_the_command_knows_which_campaigns_there_are():
    with pytest.raises(CommandError, match="Các đợt có sẵn: 2024"):
        call_command("load_campaign", "1999", stdout=StringIO())

    assert Unit.objects.count() == 0
