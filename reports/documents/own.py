"""How a unit's own report says what is counted: of itself, not of “1/1 units”."""

from collections.abc import Iterator

from lib.vietnamese import number, short_date
from reports.datasets.consolidated import Consolidated
from reports.datasets.progress import Progress
from reports.documents.places import see
from reports.kinds import Annex


def leadership(data: Consolidated, progress: Progress) -> Iterator[str]:
    for row in data.rows:
        if row.is_sent and row.sent_on:
            named = f" số {row.number}" if row.number else ""
            yield (
                f"Đã gửi Kế hoạch triển khai{named} ngày {short_date(row.sent_on)} "
                f"({row.verdict_text.lower()})."
            )
        else:
            yield f"Kế hoạch triển khai: {row.verdict_text.lower()}."
    for sender in progress.own_sending.senders.values():
        yield (
            f"Báo cáo {progress.own_sending.period.name}: {sender.words}. "
            f"{see(data, 'Chi tiết', Annex.SENDING)}"
        )
    yield see(data, "Số liệu tổng hợp theo chỉ tiêu", Annex.FIGURES)


def commendation(data: Consolidated, progress: Progress) -> Iterator[str]:
    if progress.exemplars:
        yield (
            f"Đã nêu {number(len(progress.exemplars))} điển hình tiên tiến. "
            f"{see(data, 'Danh sách', Annex.EXEMPLARS)}"
        )
    if progress.commended:
        yield f"Đã công bố {progress.commended}."


def works(data: Consolidated, progress: Progress) -> Iterator[str]:
    if progress.works:
        yield (
            f"Đã đăng ký {number(progress.registered_works)} công trình, phần việc; đã hoàn thành "
            f"{number(progress.works_done)}. {see(data, 'Danh mục', Annex.WORKS)}"
        )


def duties(data: Consolidated, progress: Progress) -> Iterator[str]:
    yield (
        f"Đã đăng ký hoạt động cho {data.covered} nhiệm vụ tại mục IV của Kế hoạch. "
        f"{see(data, 'Chi tiết', Annex.BY_SOLUTION, Annex.BY_DUTY)}"
    )
