"""Forms 0601–0605 of Thông tư 02/2023/TT-BNV, counted from what the portal holds.

Awards are counted in the history (`PastAward`), where every decision of the portal and every
imported award is one row; what was revoked is counted apart. Each number has the rows behind it:
the same filters count and list.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from awards.models import AwardForm, Candidate, Ground, PastAward, Recipient
from awards.models.history import PastAwardQuerySet
from campaign.models import Campaign
from lib.vietnamese import short_date
from units.models import Membership, Unit, valid_on

Decider, Rank, Role = AwardForm.Decider, Candidate.Rank, Membership.Role
STATE = (Decider.PRIME_MINISTER, Decider.PRESIDENT)
ALL = "tat-ca"

PEOPLE = Q(recipient=Recipient.INDIVIDUAL)
WHOM: dict[str, tuple[str, Q]] = {
    "tong": ("Tổng số", Q()),
    "tap-the": ("Tập thể", Q(recipient=Recipient.COLLECTIVE)),
    "doanh-nghiep": ("Trong đó doanh nghiệp", Q(recipient="collective", is_enterprise=True)),
    "ho": ("Hộ gia đình", Q(recipient=Recipient.HOUSEHOLD)),
    "ca-nhan": ("Cá nhân", PEOPLE),
    "nu": ("Trong đó nữ", PEOPLE & Q(gender=Candidate.Gender.FEMALE)),
    **{f"nhom-{one.value}": (one.label, PEOPLE & Q(rank=one)) for one in Rank},
}
HOW: dict[str, tuple[str, Q]] = {f"loai-{one.value}": (one.label, Q(ground=one)) for one in Ground}
STATE_COLUMNS = {name: WHOM[name] for name in ("tong", "tap-the", "ho", "ca-nhan", "nu")}
PROVINCE_COLUMNS = {**WHOM, **HOW}
_YEARS = ((365, "Dưới 1 năm"), (367, "1 năm"), (3 * 365, "Từ trên 1 năm đến dưới 3 năm"),
          (5 * 365, "Từ 3 năm đến dưới 5 năm"))  # fmt: skip
LONGEST = "Từ 5 năm trở lên"
DURATIONS = [*(label for _, label in _YEARS), LONGEST]


@dataclass(frozen=True)
class Figure:
    """A number and the address of the rows behind it."""

    value: int
    query: str


@dataclass(frozen=True)
class Line:
    label: str
    figures: tuple[Figure, ...]
    is_total: bool = False


@dataclass(frozen=True)
class StatisticsForm:
    """One form (biểu): its number, title, columns and lines."""

    code: str
    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True)
class Behind:
    """The rows behind a number, as a table of texts."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def statistics_forms(year: int, *, on: date) -> list[StatisticsForm]:
    """`on`: the day roles are counted on, the last of the year or today."""
    return [
        _movements(year),
        _awards("0602", "Khen thưởng cấp Nhà nước", year, STATE_COLUMNS),
        _awards("0603", "Khen thưởng cấp bộ, ngành, tỉnh", year, PROVINCE_COLUMNS),
        _organisations(year, on),
        _officials(year, on),
    ]


def behind(code: str, line: str, column: str, year: int, *, on: date) -> Behind | None:
    """The rows of one number; nothing where there is no such number."""
    readers = {"0601": _behind_movements, "0604": _behind_units, "0605": _behind_people}
    if code in {"0602", "0603"}:
        return _behind_awards(code, line, column, year)
    reader = readers.get(code)
    return reader(line, column, year, on) if reader else None


def years_known() -> list[int]:
    held = PastAward.objects.order_by("-year").values_list("year", flat=True).distinct()
    launched = Campaign.objects.values_list("starts_on__year", flat=True)
    return sorted({*held, *launched}, reverse=True)


def _address(year: int, code: str, line: str, column: str) -> str:
    return urlencode({"nam": year, "bieu": code, "dong": line, "cot": column})


# --- 0602, 0603: awards -----------------------------------------------------------------------


def awards_of(code: str, year: int) -> PastAwardQuerySet:
    deciders = STATE if code == "0602" else (Decider.PROVINCE,)
    return PastAward.objects.filter(year=year, decided_by__in=deciders)


def _awards(code: str, title: str, year: int, columns: dict[str, tuple[str, Q]]) -> StatisticsForm:
    held = awards_of(code, year)
    asked: dict[str, Any] = {
        name.replace("-", "_"): Count("pk", filter=condition & Q(revoked_on=None))
        for name, (_, condition) in columns.items()
    }
    asked["huy_bo"] = Count("pk", filter=Q(revoked_on__isnull=False))
    codes = [*columns, "huy-bo"]
    rows = held.values("form_name").annotate(**asked).order_by("form__position", "form_name")
    lines = [
        Line(row["form_name"], _figures(row, year, code, row["form_name"], codes))
        for row in _merged(rows, asked)
    ]
    total = held.aggregate(**asked)
    lines.append(Line("Tổng cộng", _figures(total, year, code, ALL, codes), is_total=True))
    headers = (*(label for label, _ in columns.values()), "Đã hủy bỏ (không tính)")
    return StatisticsForm(code, title, headers, tuple(lines))


def _merged(rows: Iterable[Any], asked: Iterable[str]) -> list[dict[str, Any]]:
    """One line a name, though the form may be a row of the catalogue here and none there."""
    merged: dict[str, dict[str, Any]] = {}
    for row in rows:
        line = merged.setdefault(
            row["form_name"], {"form_name": row["form_name"], **dict.fromkeys(asked, 0)}
        )
        for name in asked:
            line[name] += row[name]
    return list(merged.values())


def _figures(
    counted: dict[str, Any], year: int, code: str, line: str, codes: Sequence[str]
) -> tuple[Figure, ...]:
    return tuple(
        Figure(counted[name.replace("-", "_")], _address(year, code, line, name)) for name in codes
    )


def _behind_awards(code: str, line: str, column: str, year: int) -> Behind | None:
    columns = STATE_COLUMNS if code == "0602" else PROVINCE_COLUMNS
    rows = awards_of(code, year)
    if line != ALL:
        rows = rows.filter(form_name=line)
    if column == "huy-bo":
        label, rows = "Đã hủy bỏ", rows.filter(revoked_on__isnull=False)
    elif column in columns:
        label, condition = columns[column]
        rows = rows.standing().filter(condition)
    else:
        return None
    what = "Tổng cộng" if line == ALL else line
    return Behind(
        f"Biểu {code}, năm {year}: {what} – {label}",
        ("Họ và tên, tên tập thể", "Đơn vị", "Hình thức", "Loại hình", "Quyết định", "Ngày"),
        tuple(
            (row.name, row.unit_name, row.form_name, row.get_ground_display() or "–",
             row.decision_number or "–", short_date(row.decided_on) if row.decided_on else "–")
            for row in rows.order_by("decided_on", "pk")
        ),
    )  # fmt: skip


# --- 0601: movements --------------------------------------------------------------------------


def _launched(year: int) -> QuerySet[Campaign]:
    return Campaign.objects.filter(starts_on__year=year).order_by("starts_on", "pk")


def duration(campaign: Campaign) -> str:
    days = (campaign.ends_on - campaign.starts_on).days + 1
    return next((label for most, label in _YEARS if days < most), LONGEST)


def _movements(year: int) -> StatisticsForm:
    held = [duration(one) for one in _launched(year)]
    figures = [Figure(len(held), _address(year, "0601", "tinh", ALL))]
    figures += [
        Figure(held.count(label), _address(year, "0601", "tinh", str(place)))
        for place, label in enumerate(DURATIONS)
    ]
    return StatisticsForm(
        "0601", "Số phong trào thi đua", ("Tổng số", *DURATIONS),
        (Line("Do tỉnh phát động, phạm vi tỉnh", tuple(figures)),),
        "Đếm các đợt thi đua có trên Cổng theo năm bắt đầu.",
    )  # fmt: skip


def _behind_movements(line: str, column: str, year: int, on: date) -> Behind | None:
    if column != ALL and not (column.isdecimal() and int(column) < len(DURATIONS)):
        return None
    wanted = None if column == ALL else DURATIONS[int(column)]
    rows = [one for one in _launched(year) if wanted in (None, duration(one))]
    return Behind(
        f"Biểu 0601, năm {year}: {wanted or 'Tổng số'}",
        ("Phong trào", "Cơ quan phát động", "Từ ngày", "Đến ngày"),
        tuple(
            (one.name, one.issuer, short_date(one.starts_on), short_date(one.ends_on))
            for one in rows
        ),
    )


# --- 0604, 0605: who works on it --------------------------------------------------------------

FULL_TIME = (Role.REVIEWER, Role.BOARD_HEAD)
KINDS = {"chuyen-trach": ("Chuyên trách", FULL_TIME), "kiem-nhiem": ("Kiêm nhiệm", (Role.OFFICER,))}
BY_ROLES = (
    "Đếm theo vai trò trên Cổng: Ban Thi đua là chuyên trách, chuyên viên đơn vị là kiêm nhiệm."
)


def _held(kind: str, on: date) -> QuerySet[Membership]:
    return Membership.objects.filter(valid_on(on), role__in=KINDS[kind][1], user__is_active=True)


def _organisations(year: int, on: date) -> StatisticsForm:
    lines = []
    for group in [*Unit.Group.values, ALL]:
        figures = tuple(
            Figure(_units(kind, group, on).count(), _address(year, "0604", group, kind))
            for kind in KINDS
        )
        if group == ALL or any(one.value for one in figures):
            label = "Tổng cộng" if group == ALL else str(Unit.Group(group).label)
            lines.append(Line(label, figures, is_total=group == ALL))
    headers = tuple(label for label, _ in KINDS.values())
    return StatisticsForm(
        "0604", "Tổ chức làm công tác thi đua, khen thưởng", headers, tuple(lines), BY_ROLES
    )


def _units(kind: str, group: str, on: date) -> QuerySet[Unit]:
    rows = Unit.objects.filter(pk__in=_held(kind, on).values("unit"))
    return rows if group == ALL else rows.filter(group=group)


def _behind_units(line: str, column: str, year: int, on: date) -> Behind | None:
    if column not in KINDS or line not in {*Unit.Group.values, ALL}:
        return None
    rows = _units(column, line, on).order_by("sort_order")
    return Behind(
        f"Biểu 0604, năm {year}: {KINDS[column][0]}", ("Đơn vị", "Nhóm"),
        tuple((row.name, row.get_group_display()) for row in rows),
    )  # fmt: skip


def _officials(year: int, on: date) -> StatisticsForm:
    figures = tuple(
        Figure(_held(kind, on).values("user").distinct().count(),
               _address(year, "0605", ALL, kind))
        for kind in KINDS
    )  # fmt: skip
    headers = tuple(label for label, _ in KINDS.values())
    return StatisticsForm(
        "0605", "Công chức, viên chức làm công tác thi đua, khen thưởng", headers,
        (Line("Số người", figures),), BY_ROLES,
    )  # fmt: skip


def _behind_people(line: str, column: str, year: int, on: date) -> Behind | None:
    if column not in KINDS or line != ALL:
        return None
    rows = _held(column, on).select_related("user", "unit").order_by("unit__sort_order", "user")
    people = {row.user_id: (str(row.user), row.unit.name, row.get_role_display()) for row in rows}
    return Behind(
        f"Biểu 0605, năm {year}: {KINDS[column][0]}", ("Họ và tên", "Đơn vị", "Vai trò"),
        tuple(people.values()),
    )  # fmt: skip
