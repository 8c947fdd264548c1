"""What the screens of a reading show: rows with their lines, names with the units they mean."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaign.datasets.directory import labels
from campaign.models import Duty, DutyParty, PlanItem, PlanReading
from campaign.proposal.draft import KEPT, MATCHED, OUTSIDE, PROPOSED, Draft, Entry, Name, from_kept
from campaign.proposal.row import ROLES
from lib.vietnamese import short_date
from units.models import Unit

KINDS = dict(PlanItem.Kind.choices)
VERBS = dict(Duty.Verb.choices)
CLASSES = dict(DutyParty.Class.choices)
ROLE_WORDS = {"assignees": "Giao", "leads": "Chủ trì", "coordinators": "Phối hợp"}


@dataclass(frozen=True)
class Body:
    """A unit, or a class with the units in it on the day."""

    code: str
    label: str
    units: tuple[Unit, ...]
    is_class: bool


@dataclass(frozen=True)
class NameShown:
    """A printed name, whom it means, and the rows it stands in."""

    name: Name
    bodies: tuple[Body, ...]
    rows: tuple[Entry, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def tone(self) -> str:
        if self.name.is_open:
            return "amber"
        return "grey" if self.name.state == OUTSIDE else "green"

    @property
    def is_by_rule(self) -> bool:
        return self.name.state == MATCHED


@dataclass(frozen=True)
class Said:
    """The names of one role of a row."""

    word: str
    names: tuple[NameShown, ...]


@dataclass(frozen=True)
class RowShown:
    entry: Entry
    kind: str
    verb: str
    roles: tuple[Said, ...]
    warnings: tuple[str, ...]

    @property
    def lines(self) -> str:
        row = self.entry.row
        return f"{row.first}–{row.last}" if row.last != row.first else f"{row.first}"

    @property
    def when(self) -> str:
        """The days of the row as people write them, and how the document says it."""
        days = "; ".join(
            " – ".join(short_date(date.fromisoformat(day)) for day in span.split("/"))
            for span in self.entry.row.dates.split(";")
            if span
        )
        return " · ".join(filter(None, (days, self.entry.row.date_note)))


@dataclass(frozen=True)
class Line:
    """A line of the document, with what the reader had to say about it."""

    number: int
    text: str
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """How far the person is."""

    seen: int
    total: int
    dropped: int
    open_names: int

    @property
    def unseen(self) -> int:
        return self.total - self.seen

    @property
    def percent(self) -> int:
        return 100 * self.seen // self.total if self.total else 100


def draft_of(reading: PlanReading) -> Draft:
    return from_kept(reading.draft)


def day_of(reading: PlanReading, draft: Draft) -> date:
    """The day whose units the names mean."""
    said = draft.facts.get("issued_on")
    return date.fromisoformat(said) if said else reading.asked_at.date()


def progress_of(reading: PlanReading, draft: Draft) -> Progress:
    states = [one.state for one in draft.entries]
    return Progress(
        seen=len(states) - states.count(PROPOSED),
        total=len(states),
        dropped=len(states) - states.count(PROPOSED) - states.count(KEPT),
        open_names=len(draft.open_names),
    )


def lines_of(reading: PlanReading) -> list[Line]:
    told = _warnings(reading)
    return [Line(number, text, tuple(told[number])) for number, text in reading.source]


def rows_of(reading: PlanReading, draft: Draft) -> list[RowShown]:
    told = _warnings(reading)
    names = {shown.name.name: shown for shown in names_of(reading, draft)}
    return [row_shown(entry, names, told) for entry in draft.entries]


def one_row(reading: PlanReading, draft: Draft, entry: Entry) -> RowShown:
    names = {shown.name.name: shown for shown in names_of(reading, draft)}
    return row_shown(entry, names, _warnings(reading))


def row_shown(entry: Entry, names: dict[str, NameShown], told: dict[int, list[str]]) -> RowShown:
    row = entry.row
    roles = tuple(
        Said(ROLE_WORDS[role], tuple(names.get(name) or NameShown(Name(name), ()) for name in said))
        for role in ROLES
        if (said := getattr(row, role))
    )
    warnings = [said for line in range(row.first, row.last + 1) for said in told.get(line, ())]
    return RowShown(entry, KINDS.get(row.kind, ""), VERBS.get(row.verb, ""), roles, tuple(warnings))


def _warnings(reading: PlanReading) -> dict[int, list[str]]:
    told: dict[int, list[str]] = defaultdict(list)
    for one in reading.warnings:
        told[one["line"]].append(one["message"])
    return told


def names_of(reading: PlanReading, draft: Draft) -> list[NameShown]:
    """Names in use, those still open first; a fixed number of queries."""
    used = draft.used_names
    codes = {code for one in used.values() for code in (*one.meant, *one.near)}
    behind = labels(codes, on=day_of(reading, draft))
    rows: dict[str, list[Entry]] = defaultdict(list)
    for entry in draft.alive:
        for name in dict.fromkeys(entry.row.names):
            rows[name].append(entry)
    shown = [
        NameShown(
            one,
            tuple(_bodies(one.meant, behind)),
            tuple(rows[one.name]),
            tuple(body.label for body in _bodies(one.near, behind)),
        )
        for one in used.values()
    ]
    return sorted(shown, key=lambda one: not one.name.is_open)


def _bodies(codes: Iterable[str], behind: dict[str, list[Unit]]) -> Iterable[Body]:
    for code in codes:
        units = tuple(behind.get(code, ()))
        if code in CLASSES:
            yield Body(code, CLASSES[code], units, is_class=True)
        elif units:
            yield Body(code, units[0].name, units, is_class=False)


def choices(*, on: date) -> dict[str, str]:
    """What a name may be said to mean, by the words a person picks."""
    units = Unit.objects.in_force(on=on).in_protocol_order()
    return {
        **{label: code for code, label in CLASSES.items()},
        **{unit.name: unit.code for unit in units},
    }


@dataclass(frozen=True)
class Summary:
    """What one press would create, in numbers."""

    facts: dict[str, str]
    kinds: tuple[tuple[str, int], ...]
    duties: int
    units: int
    owing: int


def summary_of(reading: PlanReading, draft: Draft) -> Summary:
    on = day_of(reading, draft)
    counted = Counter(one.row.kind for one in draft.alive)
    given = {
        code for one in draft.alive for name in one.row.assignees for code in draft.meant(name)
    }
    behind = labels(given, on=on)
    return Summary(
        facts=draft.facts,
        kinds=tuple((KINDS[kind], counted[kind]) for kind in KINDS if counted[kind]),
        duties=counted[PlanItem.Kind.ASSIGNMENT_BULLET],
        units=len({unit.pk for units in behind.values() for unit in units}),
        owing=Unit.objects.in_force(on=on).count(),
    )
