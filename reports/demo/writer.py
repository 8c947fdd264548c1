"""Plays the stories through the real actions, at their moments in March 2024.

What would happen after `now` does not happen: with the training clock at 20/3/2024 the portal
shows the campaign as it stood that morning.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction

from accounts.job import Job
from accounts.models import Mail, User
from campaign.actions import obligation as obligations
from campaign.actions import review, submission
from campaign.actions import sub_plan as drafting
from campaign.actions.targets import save_targets
from campaign.checklist import Line
from campaign.datasets.targets import targets_state
from campaign.models import (
    Activity,
    Campaign,
    Duty,
    Indicator,
    Obligation,
    PlanItem,
    SubPlan,
    SubPlanFile,
)
from files.actions import keep_document
from files.checks import Kind
from lib import clock
from reports.demo.papers import papers
from reports.demo.scenario import (
    DUE,
    ENCOURAGED,
    EXEMPT,
    EXTENDED,
    PAPER_CHANNELS,
    Story,
    Way,
    moment,
    stories,
)
from reports.demo.texts import ActivityText, for_duty, for_solution, person, texts
from units.models import Block, Unit

# Symbols of bodies that number their papers by rules other than the State's.
SYMBOLS = {
    Unit.Group.PARTY: "{n}-KH/{code}",
    Unit.Group.ARMED_FORCES: "{n}/KH-BCH",
}

PROMISED = ("CT02", "CT07", "CT08", "CT12")
SPONSORED = "đơn vị"
BUILT = "căn"
POSTS = ("Đồn Biên phòng Xa Mát", "Đồn Biên phòng Mộc Bài", "Xã Hòa Hiệp", "Xã Tân Bình")


@transaction.atomic
def write_demo(campaign: Campaign, *, now: datetime) -> int:
    """All sub-plans of the demonstration; 0 where there are some already."""
    if SubPlan.objects.filter(campaign=campaign).exists():
        return 0
    cast = _Cast(campaign, now)
    cast.prepare()
    for story in stories(list(cast.units)):
        cast.play(story)
    # Nobody reads letters at these addresses, and hundreds of wake-ups help nobody.
    Mail.objects.filter(to__is_demonstration=True, state=Job.State.QUEUED).update(
        state=Job.State.CANCELLED
    )
    transaction.get_connection().run_on_commit.clear()
    return SubPlan.objects.filter(campaign=campaign).count()


class _Cast:
    """The people and the plan, read once."""

    def __init__(self, campaign: Campaign, now: datetime) -> None:
        self.campaign, self.now = campaign, now
        owed = Obligation.objects.filter(campaign=campaign, kind=Obligation.Kind.SUB_PLAN)
        rows = Unit.objects.filter(pk__in=owed.values("unit")).exclude(code__startswith="DEMO")
        self.units = {unit.code: unit for unit in rows.in_protocol_order()}
        self.obligations = {row.unit_id: row for row in owed.select_related("unit")}
        self.people = {user.username: user for user in User.objects.filter(is_demonstration=True)}
        self.items = {item.code: item for item in PlanItem.objects.filter(campaign=campaign)}
        bullets = PlanItem.objects.filter(campaign=campaign).bullets().in_order()
        self.bullets = list(bullets.values_list("code", flat=True))
        self.head = self.people["btdkt.truongban"]
        self.reviewers = [self.people["btdkt.chuyenvien1"], self.people["btdkt.chuyenvien2"]]
        self.outside = self.people["btdkt.bietphai"]
        self.papers = papers(list(self.units.values()))

    def happens(self, at: datetime) -> bool:
        return at <= self.now

    def prepare(self) -> None:
        """What the head of the board decides before the plans come in."""
        self._share_blocks(moment(date(2024, 3, 11), 8, 0))
        self._decide(EXEMPT, obligations.exempt_obligation, moment(date(2024, 3, 12), 9, 0),
                     "Đơn vị không có chức năng liên quan, đã có văn bản trao đổi (mẫu)")  # fmt: skip
        self._decide(ENCOURAGED, obligations.encourage_obligation, moment(date(2024, 3, 12), 9, 5),
                     "Doanh nghiệp trên địa bàn, khuyến khích gửi (mẫu)")  # fmt: skip
        at = moment(date(2024, 3, 21), 10, 0)
        if EXTENDED in self.units and self.happens(at):
            obligations.extend_obligation(
                self.obligations[self.units[EXTENDED].pk], by=self.head, at=at,
                due=date(2024, 3, 29), reason="Đơn vị đang kiện toàn tổ chức (mẫu)",
                document_number="45/BTĐKT",
            )  # fmt: skip

    def _share_blocks(self, at: datetime) -> None:
        if not self.happens(at):
            return
        for number, block in enumerate(Block.objects.order_by("sort_order")):
            review.assign_reviewer(
                block, year=self.campaign.year, reviewer=self.reviewers[number % 2],
                by=self.head, at=at,
            )  # fmt: skip

    def _decide(self, codes: tuple[str, ...], act: Any, at: datetime, reason: str) -> None:
        for code in codes:
            if code in self.units and self.happens(at):
                act(self.obligations[self.units[code].pk], by=self.head, at=at, reason=reason)

    def play(self, story: Story) -> None:
        unit = self.units[story.code]
        if story.way is Way.PAPER:
            self._register(unit, story.sent_at)
            return
        begun = story.sent_at - timedelta(days=3)
        if not self.happens(begun):
            return
        draft = self._draft(unit, at=begun)
        self._carry_on(draft, story)

    def _carry_on(self, draft: SubPlan, story: Story) -> None:
        if story.way is Way.DRAFT or not self.happens(story.sent_at):
            return
        officer, head = self._officer(draft.unit), self._head(draft.unit)
        drafting.hand_to_head(draft, by=officer, at=story.sent_at - timedelta(hours=2))
        if story.way is Way.AWAITING_HEAD:
            return
        drafting.submit_sub_plan(draft, by=head, at=story.sent_at)
        if story.way is Way.WITHDRAWN:
            drafting.withdraw_sub_plan(
                draft, by=head, at=story.sent_at + timedelta(hours=1),
                reason="Gửi nhầm bản chưa có phụ lục (mẫu)",
            )  # fmt: skip
        elif story.way is not Way.SUBMITTED:
            self._review(draft, story)

    def _review(self, sent: SubPlan, story: Story) -> None:
        taken = story.sent_at + timedelta(days=1, hours=1)
        if not self.happens(taken):
            return
        reviewer = self._reviewer(sent.unit)
        submission.take(sent, by=reviewer, at=taken)
        decided = taken + timedelta(hours=3)
        if story.way is Way.UNDER_REVIEW or not self.happens(decided):
            return
        if story.way is Way.ACCEPTED:
            review.accept_sub_plan(sent, by=reviewer, at=decided)
            return
        self._return(sent, story, by=reviewer, at=decided)
        if story.way in {Way.RESUBMITTED, Way.ACCEPTED_AGAIN}:
            self._send_again(sent, story, at=decided + timedelta(days=1, hours=20))

    def _return(self, sent: SubPlan, story: Story, *, by: User, at: datetime) -> None:
        review.add_internal_note(
            sent, by=by, at=at, text="Đã trao đổi qua điện thoại với cán bộ phụ trách (mẫu)."
        )
        reasons = {
            Line.FORM: "Bản quét thiếu trang có chữ ký và con dấu, đề nghị gửi lại bản đầy đủ.",
            Line.ACTIVITIES: "Hai hoạt động chưa nêu rõ sản phẩm; đề nghị bổ sung số lượng cụ thể.",
        }
        due = submission.default_return_date(at)
        if story.way is Way.VOID:
            review.return_as_void(
                sent, by=by, at=at, due=due, reasons=reasons,
                void_reason="Gửi nhầm văn bản của đơn vị khác (mẫu)",
            )  # fmt: skip
        else:
            review.return_sub_plan(sent, by=by, at=at, due=due, reasons=reasons)

    def _send_again(self, sent: SubPlan, story: Story, *, at: datetime) -> None:
        officer = self._officer(sent.unit)
        if not self.happens(at):
            return
        again = drafting.start_sub_plan(self.campaign, sent.unit, by=officer, at=at)
        first = again.activities.order_by("position").first()
        if first is not None:
            first.product = f"{first.product}; có hình ảnh minh chứng"
            first.save(update_fields=["product"])
        self._add(again, [for_solution("III.5.3", Random(f"{sent.unit.code}/2"))], at=at)  # noqa: S311
        drafting.submit_sub_plan(again, by=self._head(sent.unit), at=at + timedelta(hours=1))
        accepted = at + timedelta(hours=30)
        if story.way is Way.ACCEPTED_AGAIN and self.happens(accepted):
            reviewer = self._reviewer(sent.unit)
            submission.take(again, by=reviewer, at=accepted)
            review.accept_sub_plan(again, by=reviewer, at=accepted)

    def _draft(self, unit: Unit, *, at: datetime) -> SubPlan:
        random = Random(unit.code)  # noqa: S311 - repeatable, nothing secret
        officer = self._officer(unit)
        draft = drafting.start_sub_plan(self.campaign, unit, by=officer, at=at)
        day = clock.local_day(at)
        values: dict[str, Any] = {
            **texts(unit.name, self.campaign.theme),
            "document_number": self._number(unit, random),
            "document_date": max(day, self.campaign.issued_on),
            "signer_name": self._head(unit).full_name,
            "signer_position": "Thủ trưởng đơn vị",
        }
        drafting.save_texts(draft, by=officer, at=at, revision=draft.revision, values=values)
        self._attach(draft, by=officer, at=at)
        self._add(draft, self._activities(unit, random), at=at)
        self._promise(draft, random, at=at)
        return draft

    def _number(self, unit: Unit, random: Random) -> str:
        pattern = SYMBOLS.get(Unit.Group(unit.group), "{n}/KH-{code}")
        return pattern.format(n=f"{random.randint(5, 180):02d}", code=unit.short_name)

    def _activities(self, unit: Unit, random: Random) -> list[ActivityText]:
        duties = Duty.objects.of_unit(unit).select_related("item")
        rows = [for_duty(duty.item.code, duty.item.text, random) for duty in duties]
        sections: dict[str, list[str]] = {}
        for code in self.bullets:
            sections.setdefault(code.rsplit(".", 1)[0], []).append(code)
        chosen = random.sample(sorted(sections), 6 if len(rows) < 4 else 4)  # noqa: PLR2004
        return rows + [
            for_solution(random.choice(sections[section]), random) for section in sorted(chosen)
        ]

    def _add(self, draft: SubPlan, rows: list[ActivityText], *, at: datetime) -> None:
        unit = draft.unit
        data = [
            drafting.ActivityData(
                fields={
                    **_kind(row), "title": row.title, "lead_unit": unit, "place": row.place,
                    "starts_on": row.starts_on, "ends_on": row.ends_on, "quantity": row.quantity,
                    "quantity_unit": row.quantity_unit, "cost": row.cost,
                    "cost_source": row.cost_source, "product": row.product,
                    "person_responsible": row.person_responsible,
                },
                plan_items=(self.items[row.code],),
                participants=(),
            )
            for row in rows
        ]  # fmt: skip
        drafting.add_activities(draft, data, by=self._officer(unit), at=at)

    def _promise(self, draft: SubPlan, random: Random, *, at: datetime) -> None:
        """Targets of a few indicators of the catalogue, where it has them."""
        chosen = Indicator.objects.filter(campaign=self.campaign, code__in=PROMISED)
        values: dict[Indicator, Decimal | None] = {
            indicator: Decimal(random.randint(10, 40)) for indicator in chosen.in_order()
        }
        save_targets(draft, values, by=self._officer(draft.unit), at=at, state=targets_state(draft))

    def _attach(self, draft: SubPlan, *, by: User, at: datetime) -> None:
        stored = keep_document(self.papers[draft.unit.code], Kind.PDF, at=at)
        name = f"Ke-hoach-{draft.unit.code}.pdf"
        SubPlanFile.objects.create(
            sub_plan=draft, stored=stored, name=name, added_at=at, added_by=by
        )

    def _register(self, unit: Unit, received: datetime) -> None:
        """Nhập thay: the paper came first, a reviewer entered it the next morning."""
        at = received + timedelta(hours=20)
        if not self.happens(at):
            return
        random = Random(unit.code)  # noqa: S311 - repeatable, nothing secret
        reviewer = self._reviewer(unit)
        plan = review.register_receipt(
            self.campaign, unit,
            review.Receipt(
                received_at=received, channel=random.choice(PAPER_CHANNELS),
                document_number=self._number(unit, random),
                document_date=max(clock.local_day(received) - timedelta(days=1), DUE.replace(day=8)),
                signer_name=person(random), signer_position="Thủ trưởng đơn vị", files=[],
            ),
            by=reviewer, at=at,
        )  # fmt: skip
        self._attach(plan, by=reviewer, at=at)

    def _officer(self, unit: Unit) -> User:
        return self.people[f"{unit.code.lower()}.chuyenvien"]

    def _head(self, unit: Unit) -> User:
        return self.people[f"{unit.code.lower()}.thutruong"]

    def _reviewer(self, unit: Unit) -> User:
        """Someone who does not belong to the unit."""
        if unit.code == "SNV":
            return self.outside
        return self.reviewers[unit.sort_order % 2]


def _kind(row: ActivityText) -> dict[str, str]:
    """A house is a work; help for a border post is a sponsorship, of a place it names."""
    if row.quantity_unit == BUILT:
        return {"kind": Activity.Kind.WORK}
    if row.quantity_unit == SPONSORED:
        post = POSTS[len(row.title + row.person_responsible) % len(POSTS)]
        return {"kind": Activity.Kind.SPONSORSHIP, "beneficiary": f"{post} (mẫu)"}
    return {"kind": Activity.Kind.ACTIVITY}
