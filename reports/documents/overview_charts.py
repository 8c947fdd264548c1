"""The charts of Tổng quan, drawn alike on the page and on paper."""

from collections.abc import Callable, Iterable

from django.utils.safestring import SafeString

from campaign.datasets.ledger import LedgerTotals
from lib.charts import DayMark, Part, days_chart, share_bar
from lib.vietnamese import short_date
from reports.datasets.dashboard.board import Board
from reports.datasets.dashboard.going import ItemLine
from reports.datasets.dashboard.sending import DayLine


def sending_bar(totals: LedgerTotals) -> SafeString:
    """On time, late, not sent, of those that owe."""
    parts = (
        Part(totals.on_time, "green", "đúng hạn"),
        Part(totals.late, "red", "trễ hạn"),
        Part(totals.outstanding, "grey", "chưa nộp"),
    )
    return share_bar(parts, whole=totals.owed)


def sending_chart(found: Board, opens: Callable[[DayLine], str]) -> SafeString:
    """What had come by each day against the due day; `opens` is where the mark of a day leads."""
    due = found.sending.due
    marks = [
        DayMark(line.day, line.sent_so_far - line.late_so_far, line.late_so_far, opens(line))
        for line in found.sending.days
    ]
    words = f"Kế hoạch đã nhận, cộng dồn theo ngày; hạn gửi {short_date(due)}"
    return days_chart(marks, whole=found.five.owed, due=due, words=words)


def most_registered(lines: Iterable[ItemLine]) -> int:
    """The number of activities that the darkest cell of the heat map stands for."""
    return max((one.activities for line in lines for one in line.by_block.values()), default=0)
