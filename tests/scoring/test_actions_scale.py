"""What happens to a scale: begun, edited, agreed to, put in force, amended, frozen."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent
from accounts.workflow import Refused
from scoring.actions import scale as actions
from scoring.datasets.content import EMPTY_SCALE, content_of
from scoring.datasets.editing import with_points
from scoring.datasets.scale import Said
from scoring.importers.data import sample_scale
from scoring.models import ScoringScale
from tests.factories import (
    BlockFactory,
    BlockLeadFactory,
    BlockMembershipFactory,
    HeadFactory,
    MemberConsentFactory,
    OfficerFactory,
    PackageUseFactory,
    ScoreSheetFactory,
    ScoringScaleFactory,
)

pytestmark = pytest.mark.django_db

DAY = date(2024, 4, 12)


@pytest.fixture
def block():
    return BlockFactory()


@pytest.fixture
def lead(block):
    return BlockLeadFactory(block)


@pytest.fixture
def members(block, lead):
    """Three beside the lead."""
    return [BlockMembershipFactory(block=block).unit for _ in range(3)]


@pytest.fixture
def draft(block, lead):
    return ScoringScaleFactory(block=block)


def agree(scale, lead, units, at):
    actions.note_consents(scale, [Said(unit, agrees=True) for unit in units], by=lead, at=at)


def edit(scale, lead, at, change=lambda content: content):
    actions.edit_scale(scale, change, by=lead, at=at, revision=scale.revision, label="Sửa")


def test_a_scale_is_begun_by_its_lead_from_a_sample(block, lead, at):
    content = sample_scale("2024")
    scale = actions.start_scale(block, 2024, by=lead, at=at, content=content)

    assert (scale.version, scale.status, scale.bonus_cap) == (1, "draft", 50)
    written = content_of(scale)
    assert [one.code for one in written.criteria] == [one.code for one in content.criteria]
    assert written.by_code()["C.4"].config == content.by_code()["C.4"].config
    with pytest.raises(Refused):
        actions.start_scale(block, 2024, by=lead, at=at, content=EMPTY_SCALE)


def test_only_the_lead_of_that_year_writes(block, lead, at):
    for person, year in ((OfficerFactory(), 2024), (lead, 2023)):
        with pytest.raises(PermissionDenied):
            actions.start_scale(block, year, by=person, at=at, content=EMPTY_SCALE)


def test_an_edit_asks_the_members_again(draft, lead, members, at):
    agree(draft, lead, members, at)

    edit(draft, lead, at, lambda content: with_points(content, {"A": ("Mới", Decimal(700))}))

    assert draft.criteria.get(code="A").max_points == 700
    assert draft.consents.count() == 0
    assert "không còn hiệu lực" in AuditEvent.objects.about(draft)[0].note


def test_of_two_who_edit_at_once_the_second_is_told(draft, lead, at):
    second = ScoringScale.objects.get(pk=draft.pk)
    edit(draft, lead, at)

    with pytest.raises(Refused, match="đã cũ"):
        edit(second, lead, at)


def test_more_than_half_of_the_members_must_agree(draft, lead, members, at):
    agree(draft, lead, members[:2], at)
    with pytest.raises(Refused, match="2/4 thành viên"):
        actions.put_in_force(draft, by=lead, at=at, effective_date=DAY)

    agree(draft, lead, members, at)
    actions.put_in_force(draft, by=lead, at=at, effective_date=DAY)

    draft.refresh_from_db()
    assert (draft.status, draft.effective_date) == ("in_force", DAY)


def test_sums_that_do_not_fit_are_named(draft, lead, members, at):
    edit(draft, lead, at, lambda content: with_points(content, {"A": ("A", Decimal(700))}))
    agree(draft, lead, members, at)

    with pytest.raises(Refused) as refused:
        actions.put_in_force(draft, by=lead, at=at, effective_date=DAY)

    assert refused.value.details == (
        "Các nhóm cộng lại 1.100 điểm, thừa 100 so với tổng điểm 1.000 của thang.",
    )


def test_dissent_counts_against(draft, lead, members, at):
    said = [Said(unit, agrees=False, note="Chưa hợp lý") for unit in members]
    actions.note_consents(draft, said, by=lead, at=at)

    with pytest.raises(Refused):
        actions.put_in_force(draft, by=lead, at=at, effective_date=DAY)


def test_a_head_answers_for_the_own_unit_and_no_other(draft, members, at):
    head = HeadFactory(members[0])

    actions.give_consent(draft, Said(members[0], agrees=True), by=head, at=at)
    with pytest.raises(PermissionDenied):
        actions.give_consent(draft, Said(members[1], agrees=True), by=head, at=at)
    stranger = HeadFactory()
    own = stranger.memberships.get().unit
    with pytest.raises(Refused):
        actions.give_consent(draft, Said(own, agrees=True), by=stranger, at=at)

    consent = draft.consents.get()
    assert (consent.unit, consent.how, consent.by) == (members[0], "writing", head)


@pytest.fixture
def in_force(block, lead):
    return ScoringScaleFactory(block=block, in_force=True)


def test_an_amendment_is_a_copy_that_takes_the_place_of_the_old(in_force, lead, members, at):
    PackageUseFactory(scale=in_force)
    draft = actions.amend_scale(in_force, by=lead, at=at, note="Đưa nội dung Đợt vào")

    assert (draft.version, draft.based_on, draft.change_note) == (
        2, in_force, "Đưa nội dung Đợt vào",
    )  # fmt: skip
    assert content_of(draft) == content_of(in_force)
    assert draft.package_uses.count() == 1
    in_force.refresh_from_db()
    assert in_force.status == "in_force"  # until members have agreed

    agree(draft, lead, members, at)
    with pytest.raises(Refused, match="trước ngày áp dụng"):
        actions.put_in_force(draft, by=lead, at=at, effective_date=date(2024, 1, 1))
    actions.put_in_force(draft, by=lead, at=at, effective_date=DAY)

    in_force.refresh_from_db()
    assert (in_force.status, in_force.superseded_at) == ("superseded", at)
    assert list(ScoringScale.objects.of(in_force.block, 2024).in_force()) == [draft]


def test_a_scale_in_force_is_frozen(in_force, lead, at):
    before = content_of(in_force)

    with pytest.raises(Refused):
        edit(in_force, lead, at, lambda content: replace(content, total=Decimal(1)))
    with pytest.raises(Refused):
        actions.discard_scale(in_force, by=lead, at=at)
    assert content_of(ScoringScale.objects.get(pk=in_force.pk)) == before


def test_once_units_score_nothing_takes_its_place(in_force, lead, members, at):
    draft = actions.amend_scale(in_force, by=lead, at=at, note="Sửa")
    agree(draft, lead, members, at)
    ScoreSheetFactory(scale=in_force, unit=members[0])

    with pytest.raises(Refused, match="Đã có đơn vị chấm điểm"):
        actions.put_in_force(draft, by=lead, at=at, effective_date=DAY)
    actions.discard_scale(draft, by=lead, at=at)
    with pytest.raises(Refused, match="Đã có đơn vị chấm điểm"):
        actions.amend_scale(in_force, by=lead, at=at, note="Sửa")


def test_a_discarded_draft_leaves_its_trace(draft, lead, at):
    MemberConsentFactory(scale=draft)
    pk = draft.pk

    actions.discard_scale(draft, by=lead, at=at)

    assert not ScoringScale.objects.filter(pk=pk).exists()
    assert AuditEvent.objects.get(subject_id=str(pk), verb="discarded").by == lead
