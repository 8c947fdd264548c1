"""A block with its people and its scale, for the tests that walk its sheets through a year."""

from scoring.actions import evidence
from scoring.actions import sheet as actions
from scoring.actions.mark import Answer, answer_criterion
from scoring.datasets.sheet import sheet_grid
from scoring.models import Mark
from tests.factories import (
    BlockFactory,
    BlockLeadFactory,
    BlockMembershipFactory,
    BoardHeadFactory,
    CriterionFactory,
    HeadFactory,
    ObligationFactory,
    ReviewerFactory,
    ScoringScaleFactory,
)


class Block:
    """A block, its people, and a scale with every kind of criterion the journey meets."""

    def __init__(self, count, *more_criteria):
        self.block = BlockFactory()
        self.lead = BlockLeadFactory(self.block)
        self.units = [self.lead.memberships.get().unit]
        self.units += [BlockMembershipFactory(block=self.block).unit for _ in range(count - 1)]
        self.heads = {unit: HeadFactory(unit) for unit in self.units}
        self.reviewer, self.chief = ReviewerFactory(), BoardHeadFactory()
        self.scale = ScoringScaleFactory(block=self.block, in_force=True, content=False)
        for place, (code, points, more) in enumerate(
            [
                ("A", 600, {"evidence_required": True}),
                ("B", 300, {}),
                ("C", 100, {
                    "method": "auto",
                    "config": {"subject": "Gửi kế hoạch", "kinds": ["sub_plan"],
                               "tiers": {"late": [], "otherwise": "0"}},
                }),
                ("F", 0, {
                    "section": "deduction", "method": "deduction",
                    "config": {"counted": "tự chấm chênh", "each": "10", "fact": "honesty"},
                }),
                *more_criteria,
            ]
        ):  # fmt: skip
            CriterionFactory(scale=self.scale, code=code, max_points=points, position=place, **more)

    def criterion(self, code):
        return self.scale.criteria.get(code=code)

    def answer(self, sheet, code, points, level, by, at, **more):
        seen = Mark.objects.current().filter(
            sheet=sheet, criterion__code=code, level=level,
            assignment=more.get("assignment"),
        ).first()  # fmt: skip
        said = Answer(
            level, "scored", {"points": str(points)},
            replaces=seen.pk if seen else None, **more,
        )  # fmt: skip
        return answer_criterion(sheet, self.criterion(code), said, by=by, at=at)

    def begun(self, unit, at, a=590, b=300):
        head = self.heads[unit]
        if not unit.obligations.exists():
            ObligationFactory(unit=unit, on_time=True)
        sheet = actions.start_sheet(unit, 2024, by=head, at=at)
        self.answer(sheet, "A", a, "self", head, at)
        self.answer(sheet, "B", b, "self", head, at)
        evidence.add_link(sheet, self.criterion("A"), "https://tayninh.gov.vn/a", by=head, at=at)
        return sheet

    def sent(self, unit, at, a=590, b=300):
        sheet = self.begun(unit, at, a, b)
        actions.submit_sheet(sheet, by=self.heads[unit], at=at)
        return sheet

    def locked(self, unit, at, a=590, b=300):
        sheet = self.sent(unit, at, a, b)
        by_block = self.reviewer if unit == self.units[0] else self.lead
        if by_block == self.lead:
            actions.accept_rest(sheet, "block", by=self.lead, at=at)
        actions.finish_block_appraisal(sheet, by=by_block, at=at)
        actions.accept_rest(sheet, "board", by=self.reviewer, at=at)
        actions.finish_board_appraisal(sheet, by=self.reviewer, at=at)
        actions.lock_sheet(sheet, by=self.chief, at=at)
        return sheet

    def total(self, sheet, at):
        return sheet_grid(sheet, at=at, levels=[]).final.total
