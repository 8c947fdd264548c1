"""The five figures in words: for a letter read on a telephone, and for the top of the A4 page."""

from collections.abc import Iterable
from decimal import Decimal

from lib.vietnamese import percent
from reports.datasets.dashboard.board import Board


def in_words(found: Board) -> list[str]:
    """One sentence for each, with what changed since the day before where something did."""
    now, then = found.five, found.before
    overdue = f", trong đó {now.overdue} quá hạn" if now.overdue else ""
    told = (
        (
            f"{now.sent}/{now.owed} đơn vị đã nộp kế hoạch, còn {now.outstanding} chưa nộp{overdue}",
            now.sent - then.sent,
        ),
        (
            f"{now.required_on_time}/{now.required} đơn vị phải gửi nộp đúng hạn{_rate(now.on_time_rate)}",
            now.required_on_time - then.required_on_time,
        ),
        (
            f"{now.done}/{now.alive} hoạt động đã hoàn thành{_rate(now.done_rate)}",
            now.done - then.done,
        ),
        (
            f"{now.uncovered}/{now.duties} nhiệm vụ chưa có hoạt động",
            now.uncovered - then.uncovered,
        ),
        (f"{now.dossiers} hồ sơ khen thưởng đã gửi", now.dossiers - then.dossiers),
    )
    return list(_sentences(told))


def _sentences(told: Iterable[tuple[str, int]]) -> Iterable[str]:
    for sentence, change in told:
        sign = "+" if change > 0 else "−"
        since = f" ({sign}{abs(change)} so với hôm trước)" if change else ""
        yield f"{sentence}{since}."


def _rate(rate: Decimal | None) -> str:
    return "" if rate is None else f" ({percent(rate)})"
