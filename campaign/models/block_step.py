"""What is due when in the year of a block; the obligations that follow are in the one ledger."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from units.models import Block


class BlockStep(models.Model):
    """A step of a block's year and its day (mốc của năm hoạt động khối).

    As a reporting period it names what is owed: each unit that owes it has its own `Obligation`,
    with its own extension. Year N is closed well into N + 1, so the days are days, not months.
    """

    class Kind(models.TextChoices):
        """In the order of the year (domain guide, 2.1)."""

        PLEDGE = "pledge", "Ký kết giao ước thi đua"
        MID_YEAR = "mid_year", "Hội nghị sơ kết 6 tháng"
        SELF_SCORE = "self_score", "Tự chấm điểm"
        CROSS_SCORE = "cross_score", "Chấm chéo"
        BLOCK_APPRAISAL = "block_appraisal", "Khối thẩm định"
        YEAR_END = "year_end", "Hội nghị tổng kết, suy tôn"
        BOARD_APPRAISAL = "board_appraisal", "Ban TĐKT thẩm định"
        COUNCIL = "council", "Hội đồng TĐKT xét, công bố xếp hạng"
        HAND_OVER = "hand_over", "Bàn giao khối trưởng"

    block = models.ForeignKey(Block, models.PROTECT, related_name="steps")
    year = models.PositiveSmallIntegerField("năm")
    kind = models.CharField("việc", max_length=20, choices=Kind)
    due_date = models.DateField("hạn")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "mốc của năm khối"
        verbose_name_plural = "mốc của năm khối"
        constraints = [
            models.UniqueConstraint(fields=["block", "year", "kind"], name="a_step_has_one_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.block} năm {self.year}"

    @property
    def is_of_board(self) -> bool:
        return self.kind in OF_BOARD

    @property
    def is_of_lead(self) -> bool:
        return self.kind in OF_LEAD


# Owed by Ban Thi đua, at the unit where it works; by the khối trưởng; the rest by every member.
OF_BOARD = frozenset({BlockStep.Kind.BOARD_APPRAISAL, BlockStep.Kind.COUNCIL})
OF_LEAD = frozenset(BlockStep.Kind) - OF_BOARD - {
    BlockStep.Kind.SELF_SCORE, BlockStep.Kind.CROSS_SCORE
}  # fmt: skip
