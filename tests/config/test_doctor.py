from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.jobs import seal_audit
from accounts.models import AuditEvent, AuditSeal, Mail
from config.management.commands.doctor import EXAMINATIONS
from files import actions, store
from files.checks import Kind
from lib import clock
from tests.factories import ObligationFactory, SubPlanFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

SENT_AT = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)
SOUND = [f"{name}: tốt." for name, _ in EXAMINATIONS]


def examine():
    """What the doctor says, and how it ends."""
    out = StringIO()
    try:
        call_command("doctor", stdout=out)
    except CommandError as problem:
        return out.getvalue().splitlines(), str(problem)
    return out.getvalue().splitlines(), ""


def told(part):
    """The sentences with one part of the portal unwell."""
    lines, end = examine()
    well = [line for line in SOUND if not line.startswith(part)]
    assert [line for line in lines if line in SOUND] == well
    return [line for line in lines if line not in SOUND], end


def test_a_sound_portal(at):
    SubPlanFactory(submitted=True, signed_file=False)
    actions.keep_document(b"%PDF-1.7", Kind.PDF, at=at)

    assert examine() == (SOUND, "")


def test_a_missing_file(at):
    kept = actions.keep_document(b"%PDF-1.7", Kind.PDF, at=at)
    store.path_of(kept.sha256).unlink()

    assert told("Kho tệp") == ([f"Kho tệp: thiếu: {kept.sha256}"], "Có 1 điều cần xử lý.")


def test_a_file_nobody_refers_to_is_no_illness():
    store.store(b"khong ai dung")

    assert examine() == (SOUND, "")


def test_a_seal_that_does_not_fit(at):
    AuditEvent.objects.record(UnitFactory(), "added", by=None, at=at, label="Thêm")
    event = AuditEvent.objects.get()
    AuditSeal.objects.create(event=event, previous="0" * 64, digest="f" * 64)

    sentence = f"Nhật ký: dòng số {event.pk} không khớp với niêm của nó."
    assert told("Nhật ký") == ([sentence], "Có 1 điều cần xử lý.")


def test_events_nobody_seals(at):
    AuditEvent.objects.record(
        UnitFactory(), "added", by=None, at=at - timedelta(hours=2), label="Thêm"
    )

    assert told("Nhật ký")[0] == [
        "Nhật ký: 1 dòng cũ hơn một giờ chưa được niêm; tiến trình nền có chạy không?"
    ]

    seal_audit(at=at)
    assert examine() == (SOUND, "")


def test_a_ledger_that_forgot_a_submission():
    plan = SubPlanFactory(submitted=True, signed_file=False, obligation_met=False)
    ObligationFactory(campaign=plan.campaign, unit=plan.unit)

    sentence = (
        f"Sổ nghĩa vụ: {plan.unit} (2024): sổ nghĩa vụ ghi “chưa gửi”, "
        "lần gửi đầu tiên được tính là “09:00 ngày 20/3/2024”."
    )
    assert told("Sổ nghĩa vụ") == ([sentence], "Có 1 điều cần xử lý.")


def test_a_ledger_that_counts_a_void_submission():
    plan = SubPlanFactory(void=True, signed_file=False)
    plan.obligation().note_met(plan.submitted_at)

    assert len(told("Sổ nghĩa vụ")[0]) == 1


def test_an_extension_nobody_gave():
    owed = ObligationFactory()
    owed.extended_to = owed.due_date + timedelta(days=7)
    owed.save()

    about = f"Sổ nghĩa vụ: {owed.unit} (2024):"
    assert told("Sổ nghĩa vụ")[0] == [
        f"{about} sổ nghĩa vụ ghi gia hạn đến 29/3/2024, lần gia hạn gần nhất đến (không).",
        f"{about} thời điểm hết hạn không phải là hết ngày 29/3/2024.",
    ]


def test_a_submission_the_ledger_does_not_know():
    plan = SubPlanFactory(submitted=True, signed_file=False, obligation_met=False)

    sentence = f"Sổ nghĩa vụ: {plan.unit} (2024): đã gửi kế hoạch nhưng không có trong sổ nghĩa vụ."
    assert told("Sổ nghĩa vụ") == ([sentence], "Có 1 điều cần xử lý.")


def test_work_that_waits_too_long():
    asked = clock.now() - timedelta(minutes=90, seconds=5)
    Mail.objects.post(to=UserFactory(), subject="Thư", body="Thư", at=asked)

    assert told("Việc nền")[0] == [
        "Việc nền chờ lâu nhất đã chờ 90 phút; tiến trình nền có chạy không?"
    ]
