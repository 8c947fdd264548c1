"""The workbook of a report, composed as its kind says: for each appendix the sheets that hold it."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from lib.sheet import Sheet
from reports.datasets.consolidated import Consolidated
from reports.datasets.progress import Progress
from reports.documents import progress_sheets as told
from reports.documents import workbook
from reports.documents.workbook import notes_of
from reports.kinds import Annex, Body

Notes = Sequence[str]
Making = Callable[[Consolidated, Notes], Iterable[Sheet]]


def sheets_of(data: Consolidated) -> Iterator[Sheet]:
    notes = notes_of(data)
    for annex in data.kind.annexes:
        yield from SHEETS[annex](data, notes)
    if data.kind.body is Body.SENDING:
        # What the sums of its sections are made of, to be sorted and looked into.
        yield workbook.activities_sheet(data.activities, notes)
    elif data.kind.body is Body.OUTLINE and data.progress:
        yield told.texts_sheet(data.progress, notes)


def _of_period(make: Callable[[Progress, Notes], Sheet]) -> Making:
    return lambda data, notes: [make(data.progress, notes)] if data.progress else []


def _sending(data: Consolidated, notes: Notes) -> Iterator[Sheet]:
    yield workbook.list_sheet(data, notes)
    if data.progress:
        yield told.sending_sheet(data, data.progress, notes)
        yield told.afterwards_sheet(data.progress, notes)


def _units(data: Consolidated, notes: Notes) -> Iterator[Sheet]:
    yield workbook.list_sheet(data, notes)
    yield workbook.sums_sheet(data, notes)


def _by_duty(data: Consolidated, notes: Notes) -> Iterator[Sheet]:
    yield workbook.duties_sheet("Theo nhiệm vụ", data.duties, notes)
    yield workbook.duties_sheet("Nhiệm vụ chưa có hoạt động", data.uncovered, notes)


SHEETS: dict[Annex, Making] = {
    Annex.FIGURES: _of_period(lambda seen, notes: told.indicators_sheet(seen.indicators, notes)),
    Annex.WORKS: _of_period(lambda seen, notes: told.works_sheet(seen.works, notes)),
    Annex.EXEMPLARS: _of_period(lambda seen, notes: told.exemplars_sheet(seen.exemplars, notes)),
    Annex.SENDING: _sending,
    Annex.UNITS: _units,
    Annex.BY_UNIT: told.by_unit_sheets,
    Annex.BY_SOLUTION: lambda data, notes: [workbook.solutions_sheet(data, notes)],
    Annex.BY_DUTY: _by_duty,
    Annex.ACTIVITIES: lambda data, notes: [workbook.activities_sheet(data.activities, notes)],
    Annex.SOURCES: lambda data, notes: [workbook.sources_sheet(data, notes)],
}
