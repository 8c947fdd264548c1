"""The appendices by name: each is written once, whatever kinds of report carry it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lib.official.model import Appendix, Block, Paragraph
from reports.datasets.consolidated import Consolidated
from reports.documents import progress, report, sources, thematic
from reports.kinds import Annex


@dataclass(frozen=True)
class Written:
    """An appendix: its title, what it holds, and whether its table needs the long side."""

    title: str
    blocks: Callable[[Consolidated], Iterable[Block]]
    landscape: bool = False


def _units(data: Consolidated) -> Iterator[Block]:
    yield report.list_of_units(data)


def _by_solution(data: Consolidated) -> Iterator[Block]:
    yield Paragraph(report.ONCE)
    yield report.by_solution(data)


def _by_duty(data: Consolidated) -> Iterator[Block]:
    yield Paragraph(report.ONCE)
    yield report.by_duty(data)


APPENDICES = {
    Annex.FIGURES: Written("Biểu số liệu", progress.figures_of, landscape=True),
    Annex.WORKS: Written("Danh mục công trình, phần việc", progress.works_of, landscape=True),
    Annex.EXEMPLARS: Written("Điển hình tiên tiến", progress.exemplars_of),
    Annex.SENDING: Written("Tình hình gửi kế hoạch, báo cáo", progress.sending_of, landscape=True),
    Annex.UNITS: Written("Danh sách đơn vị gửi Kế hoạch", _units, landscape=True),
    Annex.BY_UNIT: Written("Kết quả theo đơn vị", thematic.by_unit_of, landscape=True),
    Annex.BY_SOLUTION: Written(
        "Hoạt động đăng ký theo nội dung, giải pháp của Kế hoạch", _by_solution
    ),
    Annex.BY_DUTY: Written("Hoạt động đăng ký theo nhiệm vụ được giao, được đề nghị", _by_duty),
    Annex.ACTIVITIES: Written("Hoạt động đăng ký", thematic.activities_of, landscape=True),
    Annex.SOURCES: Written("Nguồn số liệu", sources.sources_of, landscape=True),
}


def appendices_of(data: Consolidated) -> Iterator[Appendix]:
    for named in data.kind.annexes:
        written = APPENDICES[named]
        yield Appendix(
            title=written.title,
            blocks=tuple(written.blocks(data)),
            landscape=written.landscape,
        )
