"""What a period adds to the consolidated report, as frozen values read from the snapshot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from campaign.models import Exemplar, Obligation
from campaign.sections import SECTIONS, Section
from lib import clock
from lib.vietnamese import number, short_date
from reports.datasets.commended import in_words
from reports.datasets.sending import EXEMPT, LATE, ON_TIME, OVERDUE
from reports.datasets.source import Source, source_of

ASKED_NOBODY = "–"


@dataclass(frozen=True)
class PeriodFacts:
    name: str
    kind: str
    data_from: date
    data_to: date
    due: date

    @property
    def window(self) -> str:
        return f"từ ngày {short_date(self.data_from)} đến hết ngày {short_date(self.data_to)}"


@dataclass(frozen=True)
class IndicatorRow:
    """One line of Phụ lục I."""

    number: str
    code: str
    name: str
    measure: str
    decimals: int
    registered: Decimal | None
    in_period: Decimal
    cumulative: Decimal
    brought: Decimal
    taken: Decimal
    answered: int
    not_applicable: int
    unanswered: int
    not_sent: int

    @property
    def is_part(self) -> bool:
        return "." in self.number

    @property
    def without_figures(self) -> int:
        return self.unanswered + self.not_sent

    @property
    def rate(self) -> Decimal | None:
        return self.cumulative / self.registered if self.registered else None

    @property
    def nothing(self) -> str:
        """The word in place of the period's figure where none came in; 0 is a figure."""
        if self.answered or self.in_period:
            return ""
        if self.unanswered and self.not_sent:
            return "Chưa có số liệu"
        if self.without_figures:
            return "Chưa trả lời" if self.unanswered else "Chưa gửi báo cáo"
        return "Không áp dụng" if self.not_applicable else ASKED_NOBODY

    @property
    def reached(self) -> Decimal | None:
        """Lũy kế; None where neither this period nor an earlier one has a figure."""
        return None if self.nothing and not self.cumulative else self.cumulative

    @property
    def note(self) -> str:
        return "; ".join(self._notes())

    def _notes(self) -> Iterable[str]:
        """Ghi chú: who is missing, and corrections between periods."""
        if self.without_figures:
            yield f"{number(self.without_figures)} đơn vị chưa có số liệu"
        if self.not_applicable:
            yield f"{number(self.not_applicable)} đơn vị không áp dụng"
        if self.brought:
            yield f"Đã gồm đính chính kỳ khác: {signed(self.brought)}"
        if self.taken:
            yield f"Đính chính ở kỳ khác: {signed(self.taken)}"


def signed(value: Decimal) -> str:
    return f"+{number(value)}" if value > 0 else number(value)


@dataclass(frozen=True)
class WorkRow:
    """One line of Phụ lục II."""

    place: int
    title: str
    lead: str
    participants: str
    where: str
    ends_on: date | None
    state: str
    done_on: date | None
    result: str
    is_registered: bool

    @property
    def note(self) -> str:
        return "" if self.is_registered else "Bổ sung trong đợt"


@dataclass(frozen=True)
class ExemplarRow:
    """One line of Phụ lục III."""

    place: int
    kind: str
    name: str
    position: str
    unit: str
    period: str
    achievement: str

    @property
    def kind_label(self) -> str:
        return Exemplar.Kind(self.kind).label


@dataclass(frozen=True)
class Said:
    """What one unit writes under a section."""

    unit: str
    text: str


@dataclass(frozen=True)
class SectionText:
    """A section of the outline with the units' words, and how many had nothing to report."""

    section: Section
    said: tuple[Said, ...]
    nothing: int


@dataclass(frozen=True)
class Sender:
    """How one unit stood with one period's report."""

    code: str
    level: str
    sent_on: date | None
    verdict: str
    days_late: int
    number: str
    source: Source = field(default_factory=Source)

    @property
    def is_sent(self) -> bool:
        return self.verdict in {ON_TIME, LATE}

    @property
    def words(self) -> str:
        if self.verdict == EXEMPT:
            return "Miễn"
        if not self.is_sent or self.sent_on is None:
            return "Quá hạn" if self.verdict == OVERDUE else "Chưa gửi"
        day = short_date(self.sent_on)
        return f"{day}, trễ {self.days_late} ngày" if self.verdict == LATE else day


@dataclass(frozen=True)
class PeriodSending:
    """One period of Phụ lục IV: who owed its report and how each stood."""

    period: PeriodFacts
    senders: Mapping[str, Sender]

    @property
    def owed(self) -> int:
        return sum(1 for row in self.senders.values() if row.verdict != EXEMPT)

    @property
    def on_time(self) -> int:
        return sum(1 for row in self.senders.values() if row.verdict == ON_TIME)

    @property
    def late(self) -> int:
        return sum(1 for row in self.senders.values() if row.verdict == LATE)

    @property
    def sent(self) -> int:
        return self.on_time + self.late

    @property
    def missing(self) -> int:
        return self.owed - self.sent

    @property
    def to_urge(self) -> int:
        """Who must report, has not, and has no time left."""
        required = Obligation.Level.REQUIRED
        return sum(
            1 for row in self.senders.values() if row.verdict == OVERDUE and row.level == required
        )

    @property
    def sentence(self) -> str:
        return (
            f"Báo cáo {self.period.name}: đã gửi {self.sent}/{self.owed} đơn vị "
            f"(đúng hạn {self.on_time}, trễ {self.late}), chưa gửi {self.missing}"
        )


@dataclass(frozen=True)
class Afterwards:
    """Received after the cut-off: told, and counted nowhere."""

    unit: str
    what: str
    received_at: datetime


@dataclass(frozen=True)
class Progress:
    """What units reported up to the end of a period."""

    period: PeriodFacts
    indicators: tuple[IndicatorRow, ...]
    works: tuple[WorkRow, ...]
    exemplars: tuple[ExemplarRow, ...]
    sections: tuple[SectionText, ...]
    sending: tuple[PeriodSending, ...]
    afterwards: tuple[Afterwards, ...]
    commended: str = ""  # what decisions on awards granted, in words
    by_unit: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """By code of the indicator, then of the unit: result of the period, cumulative, as frozen."""

    @property
    def registered_works(self) -> int:
        return sum(1 for row in self.works if row.is_registered)

    @property
    def works_done(self) -> int:
        return sum(1 for row in self.works if row.done_on)

    @property
    def own_sending(self) -> PeriodSending:
        """How the period itself was reported; empty where nobody owes it."""
        own = [one for one in self.sending if one.period.name == self.period.name]
        # A window of its own is told of through the newest period it covers.
        return (own or list(self.sending[-1:]) or [PeriodSending(self.period, {})])[0]


def read_progress(said: Mapping[str, Any] | None) -> Progress | None:
    """The part of a snapshot a period adds; None where the report was asked without one."""
    if not said:
        return None
    return Progress(
        period=_period(said["period"]),
        indicators=tuple(_indicator(row) for row in said["indicators"]),
        works=tuple(_work(row, place) for place, row in enumerate(said["works"], start=1)),
        exemplars=tuple(
            ExemplarRow(place=place, **row) for place, row in enumerate(said["exemplars"], start=1)
        ),
        sections=tuple(_sections(said["texts"], said["nothing"])),
        sending=tuple(_sending(row) for row in said["sending"]),
        afterwards=tuple(_afterwards(row) for row in said["afterwards"]),
        commended=in_words(said.get("commended", {})),
        by_unit=said.get("unit_figures", {}),
    )


def _period(said: Mapping[str, Any]) -> PeriodFacts:
    return PeriodFacts(
        name=said["name"],
        kind=said["kind"],
        data_from=date.fromisoformat(said["data_from"]),
        data_to=date.fromisoformat(said["data_to"]),
        due=date.fromisoformat(said["due"]),
    )


AMOUNTS = ("in_period", "cumulative", "brought", "taken")


def _indicator(said: Mapping[str, Any]) -> IndicatorRow:
    exact = {name: Decimal(said[name]) for name in AMOUNTS}
    registered = Decimal(said["registered"]) if said["registered"] else None
    return IndicatorRow(**{**said, **exact, "registered": registered})


def _work(said: Mapping[str, Any], place: int) -> WorkRow:
    return WorkRow(
        place=place,
        title=said["title"],
        lead=said["lead"],
        participants="; ".join(said["participants"]),
        where=said["place"],
        ends_on=_day(said["ends_on"]),
        state=said["state"],
        done_on=_day(said["done_on"]),
        result=said["result"],
        is_registered=said["is_registered"],
    )


def _sections(texts: Mapping[str, Any], nothing: Mapping[str, int]) -> Iterable[SectionText]:
    """In the order of the outline; a section nobody answered is there with nothing under it."""
    for section in SECTIONS:
        said = tuple(Said(row["unit"], row["text"]) for row in texts.get(section.code, ()))
        yield SectionText(section, said, nothing.get(section.code, 0))


def _sending(said: Mapping[str, Any]) -> PeriodSending:
    return PeriodSending(_period(said), {row["code"]: _sender(row) for row in said["units"]})


def _sender(said: Mapping[str, Any]) -> Sender:
    sent_at = datetime.fromisoformat(said["met_at"]) if said["met_at"] else None
    return Sender(
        code=said["code"],
        level=said["level"],
        sent_on=clock.local_day(sent_at) if sent_at else None,
        verdict=said["verdict"],
        days_late=said["days_late"],
        number=said["number"],
        source=source_of(said),
    )


def _afterwards(said: Mapping[str, Any]) -> Afterwards:
    what = said["what"]
    if said["version"] > 1:
        what = f"{what} (lần {said['version']})"
    return Afterwards(said["unit"], what, datetime.fromisoformat(said["received_at"]))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
