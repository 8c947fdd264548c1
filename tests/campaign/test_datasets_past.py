"""The ledger and the activities as they stood on a day, whatever has happened since."""

from datetime import UTC, date, datetime, timedelta

from django.urls import reverse

from campaign.datasets.activity_list import ActivityFilters, activity_list, set_back
from campaign.datasets.ledger import LedgerFilters, ledger, totals_of
from campaign.datasets.matter import Matter
from campaign.datasets.past import past_at
from campaign.models import Extension, Obligation, SubPlan
from lib import clock
from tests.factories import (
    ActivityFactory,
    BoardHeadFactory,
    CampaignFactory,
    ObligationFactory,
    ReviewerFactory,
    SubPlanFactory,
    UserFactory,
)

DUE = date(2024, 3, 22)
MARCH_22 = clock.closes_at(DUE) - timedelta(microseconds=1)
AFTER = datetime(2024, 3, 25, 2, 0, tzinfo=UTC)
BEFORE = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)


def totals_at(by):
    rows = Obligation.objects.of_kind(Obligation.Kind.SUB_PLAN)
    totals = totals_of(rows, at=by or AFTER, past=past_at(by))
    return (totals.owed, totals.sent, totals.on_time, totals.late, totals.overdue, totals.exempt)


def extend(owed, day, at):
    owed.extend(
        Extension(
            obligation=owed, due_date=day, reason="Thay đổi lãnh đạo", document_number="21/BTĐ",
            by=UserFactory(), at=at,
        )
    )  # fmt: skip


def test_what_came_later_had_not_come(db):
    ObligationFactory(on_time=True)
    ObligationFactory(late=True)

    assert totals_at(None) == (2, 2, 1, 1, 0, 0)
    assert totals_at(MARCH_22) == (2, 1, 1, 0, 0, 0)
    assert totals_at(MARCH_22 + timedelta(days=1)) == (2, 1, 1, 0, 1, 0)


def test_an_extension_given_later_gave_no_time_then(db):
    owed = ObligationFactory(met_at=AFTER - timedelta(days=1))
    extend(owed, date(2024, 3, 29), AFTER)
    extend(owed, date(2024, 4, 2), AFTER + timedelta(days=1))

    assert totals_at(None) == (1, 1, 1, 0, 0, 0)
    assert totals_at(AFTER - timedelta(hours=1)) == (1, 1, 0, 1, 0, 0)
    assert list(past_at(AFTER).dues) == [date(2024, 3, 29)]


def test_a_level_is_read_back_from_the_trail(db):
    head = UserFactory()
    freed, asked, kept = ObligationFactory.create_batch(3)
    freed.exempt(by=head, at=AFTER, reason="Mới thành lập")
    asked.exempt(by=head, at=BEFORE, reason="Mới thành lập")
    asked.require_again(by=head, at=AFTER, reason="Đã đi vào hoạt động")
    kept.encourage(by=head, at=BEFORE, reason="Hội quần chúng")

    then = past_at(MARCH_22)
    rows = Obligation.objects.all()
    levels = dict(then.standing(rows).values_list("pk", "level_then"))

    assert levels == {freed.pk: "required", asked.pk: "exempt", kept.pk: "encouraged"}
    assert totals_at(MARCH_22)[-1] == totals_at(None)[-1] == 1


def test_the_ledger_says_of_each_row_how_it_stood(db):
    campaign, head = CampaignFactory(), UserFactory()
    never = ObligationFactory(campaign=campaign)
    plan = SubPlanFactory(submitted=True)
    plan.take(by=head, at=AFTER)
    plan.accept(by=head, at=AFTER + timedelta(hours=1))
    again = SubPlanFactory(submitted=True, unit=plan.unit, version=2, submitted_at=AFTER)
    reader = ReviewerFactory()

    def shown(by, **asked):
        filters = LedgerFilters(**asked)
        found = ledger(
            reader, Matter(campaign), at=by or AFTER, filters=filters, past=past_at(by)
        )  # fmt: skip
        sent = [row for row in found.rows if row.obligation != never]
        return [(row.version.version, row.status, row.sent_on) for row in sent]

    sent_on = date(2024, 3, 20)
    assert shown(None) == [(2, "submitted", sent_on)]
    assert shown(MARCH_22) == shown(MARCH_22, state="cho-xem-xet") == [(1, "submitted", sent_on)]
    assert shown(MARCH_22, state="da-tiep-nhan") == []
    assert SubPlan.objects.get(pk=again.pk).status == "submitted"


def test_activities_go_back_to_the_status_they_had(db):
    campaign, lead = CampaignFactory(), UserFactory()
    done = ActivityFactory(campaign=campaign, added_at=BEFORE)
    done.begin(by=lead, at=BEFORE)
    done.complete(by=lead, at=AFTER, on=date(2024, 3, 21), result="Xong")
    later = ActivityFactory(campaign=campaign, added_at=AFTER)

    def shown(by, state=""):
        found = activity_list(
            BoardHeadFactory(), campaign, on=DUE, filters=ActivityFilters(state=state), unit=None,
            by=by,
        )  # fmt: skip
        return [(row.pk, row.status) for row in set_back(found.rows.order_by("pk"))]

    assert shown(None) == [(done.pk, "done"), (later.pk, "planned")]
    assert shown(MARCH_22) == shown(MARCH_22, "dang") == [(done.pk, "running")]
    assert shown(MARCH_22, "xong") == []
    assert shown(BEFORE - timedelta(hours=1)) == []


def test_lists_take_the_day_from_the_address(client, db):
    owed = ObligationFactory(late=True)
    ActivityFactory(campaign=owed.campaign, added_at=AFTER)
    client.force_login(ReviewerFactory())
    ledger_url, activities_url = reverse("campaign:sub-plans"), reverse("campaign:activities")

    answers = [
        client.get(url, {"luc": "2024-03-22", **more})
        for url, more in ((ledger_url, {"trang_thai": "chua-nop"}), (activities_url, {}))
    ]

    assert [answer.context["count"] for answer in answers] == [1, 0]
    assert "đến hết ngày <strong>22/3/2024</strong>" in answers[0].content.decode()
    assert client.get(ledger_url, {"luc": "31/2/2024"}).status_code == 422
