"""Pairs in the database: found, decided on, opened again, and in the way until then."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from accounts.workflow import Refused
from awards.actions.likeness import (
    compare_everything_again,
    compare_sent,
    judge_pair,
    require_decided,
)
from awards.datasets.likeness import (
    UNIT_IS_TOLD,
    candidates,
    told_to_unit,
    waiting_for_board,
)
from awards.datasets.rules import judge
from awards.jobs import sweep_lookalikes
from awards.models import Dossier, DuplicateVerdict, Lookalike, Nomination
from tests.factories.awards import (
    CandidateFactory,
    DossierFactory,
    EligibilityRuleFactory,
    GrantFactory,
    NominationFactory,
    PastAwardFactory,
    PersonalDataFactory,
)
from tests.factories.campaign import CampaignFactory
from tests.factories.units import OfficerFactory, ReviewerFactory, SuccessionFactory, UnitFactory

pytestmark = pytest.mark.django_db

AT = datetime(2024, 11, 2, 2, 0, tzinfo=UTC)
LATER = AT + timedelta(days=3)
SAME, DIFFERENT = DuplicateVerdict.Verdict.SAME_ACHIEVEMENT, DuplicateVerdict.Verdict.DIFFERENT
BRIDGE = (
    "Vận động hội viên góp 120 triệu đồng làm cầu qua rạch Bảo tại ấp Long Hòa, dài 24 mét, hoàn "
    "thành trong 45 ngày; tặng 60 suất quà cho gia đình chính sách xã Long Thuận ngày 27 tháng 7."
)


def nominated(name, *, unit=None, campaign=None, account=BRIDGE, **dossier):
    """Somebody of a unit in a dossier that was sent, unless told otherwise."""
    unit = unit or UnitFactory()
    where = DossierFactory(
        unit=unit, campaign=campaign or CampaignFactory(), **(dossier or {"submitted": True})
    )
    return NominationFactory(
        dossier=where, candidate=CandidateFactory(unit=unit, name=name), achievement=account
    )


@pytest.fixture
def two():
    """The same person for the same bridge, by two units of one campaign."""
    campaign = CampaignFactory()
    first = nominated("Nguyễn Văn Hùng", campaign=campaign)
    second = nominated("Ông Nguyen Van Hung", campaign=campaign)
    compare_sent(at=AT)
    return first, second


def decide(pair, verdict, *, by=None, reason="Đã đối chiếu hai báo cáo"):
    judge_pair(pair, verdict, reason=reason, digest=pair.digest, by=by or ReviewerFactory(), at=AT)


def test_two_units_nominate_one_person(two):
    first, second = two

    pair = Lookalike.objects.get()

    assert (pair.nomination, pair.other, pair.past_award) == (second, first, None)
    assert pair.score >= 60
    assert pair.in_words.startswith("Họ tên giống nhau không kể dấu; hai đơn vị khác nhau; ")
    assert waiting_for_board() == 1


def test_comparing_twice_finds_nothing_twice(two):
    assert compare_sent(at=AT) == sweep_lookalikes(at=LATER) == 0
    compare_everything_again()
    assert sweep_lookalikes(at=LATER) == 2
    assert Lookalike.objects.count() == 1
    assert not AuditEvent.objects.filter(verb="reopened").exists()


def test_an_award_of_before_by_the_unit_that_was_merged():
    old, new = UnitFactory(), UnitFactory()
    SuccessionFactory(from_unit=old, to_unit=new)
    award = PastAwardFactory(name="NGUYỄN VĂN HÙNG", unit=old, year=2024, achievement=BRIDGE)
    nominated("Nguyễn Văn Hùng", unit=new)

    compare_sent(at=AT)

    pair = Lookalike.objects.get()
    assert pair.past_award == award
    assert "đơn vị là đơn vị kế thừa" in pair.in_words


@pytest.mark.parametrize(
    "trait", [{"status": Dossier.Status.DRAFTING}, {"submitted": True, "status": "withdrawn"}]
)
def test_what_was_not_sent_or_was_withdrawn_is_not_compared(trait):
    campaign = CampaignFactory()
    nominated("Nguyễn Văn Hùng", campaign=campaign)
    nominated("Nguyễn Văn Hùng", campaign=campaign, **trait)

    assert compare_sent(at=AT) == 1
    assert not Lookalike.objects.exists()


def test_identity_and_birth_are_compared_and_not_told():
    campaign = CampaignFactory()
    for name in ("Nguyễn Văn Hùng", "Nguyễn Hùng Cường"):
        row = nominated(name, campaign=campaign, account="")
        PersonalDataFactory(candidate=row.candidate, id_number="072085000123")
    compare_sent(at=AT)

    pair = Lookalike.objects.get()

    assert "cùng số định danh cá nhân" in pair.in_words
    assert "cùng ngày sinh" in pair.in_words
    assert "072085000123" not in json.dumps(pair.reasons)
    assert "1985" not in json.dumps(pair.reasons)


def test_an_undecided_pair_stops_both_dossiers_until_somebody_decides(two):
    for nomination in two:
        with pytest.raises(Refused, match="còn 1 cặp nghi trùng thành tích") as refused:
            require_decided(nomination.dossier, at=AT)
        assert nomination.candidate.name in refused.value.details[0]

    decide(Lookalike.objects.get(), DIFFERENT)

    for nomination in two:
        require_decided(nomination.dossier, at=AT)


def test_what_nobody_compared_yet_is_compared_when_the_dossier_goes_on():
    campaign = CampaignFactory()
    nominated("Nguyễn Văn Hùng", campaign=campaign)
    later = nominated("Nguyễn Văn Hùng", campaign=campaign)

    with pytest.raises(Refused, match="nghi trùng"):
        require_decided(later.dossier, at=AT)


def test_a_verdict_leaves_its_trace_and_may_be_replaced(two):
    pair = Lookalike.objects.get()
    decide(pair, DIFFERENT, reason="Hai người khác năm sinh")
    decide(pair, SAME, reason="Đơn vị xác nhận là một người")

    kept = DuplicateVerdict.objects.get()
    assert (kept.verdict, kept.reason) == (SAME, "Đơn vị xác nhận là một người")
    notes = AuditEvent.objects.about(pair).values_list("label", "note")
    assert list(notes) == [
        ("Kết luận: Cùng một thành tích", "Đơn vị xác nhận là một người"),
        ("Kết luận: Không trùng", "Hai người khác năm sinh"),
    ]


def test_a_change_on_either_side_opens_the_pair_again(two):
    first, _ = two
    decide(Lookalike.objects.get(), DIFFERENT)

    Nomination.objects.filter(pk=first.pk).update(achievement=f"{BRIDGE} Trồng 300 cây xanh.")
    Dossier.objects.filter(pk=first.dossier_id).update(last_submitted_at=LATER)
    assert sweep_lookalikes(at=LATER) == 1

    pair = Lookalike.objects.get()
    assert (pair.verdict, pair.reopened_at) == (None, LATER)
    assert AuditEvent.objects.about(pair).filter(verb="reopened").count() == 1
    with pytest.raises(Refused):
        require_decided(two[1].dossier, at=LATER)


def test_sent_again_unchanged_the_verdict_holds(two):
    first, _ = two
    decide(Lookalike.objects.get(), DIFFERENT)
    Dossier.objects.filter(pk=first.dossier_id).update(last_submitted_at=LATER)

    assert sweep_lookalikes(at=LATER) == 1
    assert Lookalike.objects.get().verdict is not None


def test_who_rewrites_a_text_that_was_found_does_not_make_the_pair_vanish(two):
    first, _ = two
    rewritten = (
        "Dạy bơi cho trẻ em tại hồ Dầu Tiếng, mở bốn lớp trong mùa hè, không để xảy ra tai nạn."
    )
    Nomination.objects.filter(pk=first.pk).update(achievement=rewritten)
    Dossier.objects.filter(pk=first.dossier_id).update(last_submitted_at=LATER)

    sweep_lookalikes(at=LATER)

    pair = Lookalike.objects.get()
    assert (pair.score, pair.verdict) == (0, None)
    assert pair.in_words.startswith("Sau khi sửa, hai bên không còn giống nhau")
    with pytest.raises(Refused):
        require_decided(first.dossier, at=LATER)


def test_who_decided_on_what_has_changed_since_is_asked_to_look_again(two):
    pair = Lookalike.objects.get()

    with pytest.raises(Refused, match="vừa được sửa"):
        judge_pair(pair, SAME, reason="Trùng", digest="cũ", by=ReviewerFactory(), at=AT)

    assert not DuplicateVerdict.objects.exists()


def test_nobody_decides_on_their_own_unit_on_either_side(two):
    pair = Lookalike.objects.get()

    for nomination in two:
        with pytest.raises(PermissionDenied):
            decide(pair, DIFFERENT, by=ReviewerFactory(nomination.dossier.unit))
    with pytest.raises(PermissionDenied):
        decide(pair, DIFFERENT, by=OfficerFactory())
    decide(pair, DIFFERENT, by=ReviewerFactory())


def test_a_unit_is_told_one_sentence_and_sees_no_pair(two):
    first, second = two

    assert told_to_unit(first.dossier) == {first.pk: UNIT_IS_TOLD}
    assert not Lookalike.objects.visible_to(OfficerFactory(first.dossier.unit)).exists()
    assert Lookalike.objects.visible_to(ReviewerFactory()).count() == 1

    decide(Lookalike.objects.get(), DIFFERENT)
    assert told_to_unit(second.dossier) == {}


@pytest.fixture
def r1():
    """R1 alone, for what one dossier's page says of its first nomination."""
    EligibilityRuleFactory()

    def said(nomination):
        (judged,) = judge(nomination.dossier, [reread(nomination)], at=AT)
        return [finding.text for finding in judged.findings]

    return said


def reread(nomination):
    rows = Nomination.objects.select_related("candidate__unit", "form", "dossier__campaign")
    return rows.get(pk=nomination.pk)


def test_r1_takes_the_verdict_and_names_no_other_unit(two, r1):
    first, second = two
    assert r1(first) == r1(second) == []  # two units, two rows: nobody has tied them together

    decide(Lookalike.objects.get(), SAME)

    (told,) = r1(second)
    assert "một hồ sơ khác" in told
    assert first.dossier.unit.name not in told

    decide(Lookalike.objects.get(), DuplicateVerdict.Verdict.SAME_PERSON)
    assert r1(first) == r1(second) == []
    decide(Lookalike.objects.get(), DIFFERENT)
    assert r1(first) == r1(second) == []


def test_r1_knows_no_draft_of_another_unit(r1):
    campaign = CampaignFactory()
    sent = nominated("Nguyễn Văn Hùng", campaign=campaign)
    draft = nominated("Nguyễn Văn Hùng", campaign=campaign, status=Dossier.Status.DRAFTING)
    draft.candidate.be_same_as(sent.candidate)

    assert r1(sent) == []
    assert len(r1(draft)) == 1


def test_a_withdrawn_side_stops_nobody(two):
    first, second = two
    Nomination.objects.filter(pk=first.pk).update(status=Nomination.Status.WITHDRAWN)

    require_decided(second.dossier, at=AT)


def test_reading_the_candidates_takes_as_many_queries_for_more_of_them(django_assert_num_queries):
    campaign = CampaignFactory()
    for count in (1, 3):
        for _ in range(count):
            nominated("Nguyễn Văn Hùng", campaign=campaign)
            PastAwardFactory()
        with django_assert_num_queries(5):
            candidates()


def test_an_award_of_a_year_counts_for_the_whole_year():
    PastAwardFactory(year=2022)

    (award,) = candidates()

    assert (award.since, award.until) == (date(2022, 1, 1), date(2022, 12, 31))


def test_an_award_of_the_portal_is_not_compared_with_its_own_nomination():
    grant = GrantFactory(decision__number="7/QĐ-UBND")
    row = grant.nomination
    PastAwardFactory(
        name=row.candidate.name, candidate=row.candidate, decision_number="7/QĐ-UBND", year=2024
    )
    before = PastAwardFactory(candidate=row.candidate, decision_number="6/QĐ-UBND", year=2022)

    assert {one.key for one in candidates()} == {
        f"nomination:{row.pk}", f"past_award:{before.pk}",
    }  # fmt: skip


def listed(*options):
    out = StringIO()
    call_command("find_duplicates", *options, stdout=out)
    return out.getvalue().splitlines()


def test_find_duplicates_lists_pairs_with_scores_and_writes_nothing(two):
    first, second = two
    code = first.dossier.campaign.code
    Lookalike.objects.all().delete()

    (line,) = listed("--json", "--campaign", code)

    row = json.loads(line)
    assert {row["one"]["name"], row["other"]["name"]} == {"Nguyễn Văn Hùng", "Ông Nguyen Van Hung"}
    assert row["one"]["key"] == f"nomination:{first.pk}"
    assert row["score"] >= 60
    assert "hai đơn vị khác nhau" in row["reasons"]
    assert row["verdict"] == ""
    assert not Lookalike.objects.exists()
    assert listed("--threshold", "100") == []
    assert "Nguyễn Văn Hùng – Ông Nguyen Van Hung: " in listed()[0]
    with pytest.raises(CommandError, match="Không có đợt thi đua mã “1900”"):
        listed("--campaign", "1900")
    assert second.dossier.campaign.code == code


def test_find_duplicates_says_what_was_decided(two):
    decide(Lookalike.objects.get(), SAME)

    assert json.loads(listed("--json")[0])["verdict"] == "same_achievement"
