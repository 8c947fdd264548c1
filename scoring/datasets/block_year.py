"""The year of a block on one page: pledge, meetings, votes, and what is handed over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q
from django.urls import reverse

from lib.vietnamese import short_date
from scoring.models import (
    Ballot,
    BlockMeeting,
    BlockYear,
    PledgeTarget,
    Ranking,
    ScoreSheet,
    ScoringScale,
)
from units.models import Block, BlockMembership, Unit

Kind = BlockMeeting.Kind


@dataclass(frozen=True)
class TargetGroup:
    """The targets of one unit, or of the block as a whole."""

    unit: Unit | None
    targets: tuple[PledgeTarget, ...]


@dataclass(frozen=True)
class Check:
    """A line of the hand-over list (danh mục bàn giao): what the portal knows of it."""

    label: str
    is_done: bool
    said: str
    url: str = ""


@dataclass(frozen=True)
class BlockYearPage:
    year: BlockYear
    lead: BlockMembership | None
    members: int
    targets: tuple[TargetGroup, ...]
    meetings: tuple[BlockMeeting, ...]
    """Each with `present` and `invited` counted."""
    ballots: tuple[Ballot, ...]
    """Each with `voted` counted."""

    @property
    def own_targets(self) -> tuple[PledgeTarget, ...]:
        """Those of the block as a whole."""
        return tuple(one for group in self.targets if not group.unit for one in group.targets)

    @property
    def units_with_targets(self) -> int:
        return sum(group.unit is not None for group in self.targets)


def year_of(block: Block, year: int) -> BlockYear:
    """The row, or one that is not stored yet: a year begins with the first thing noted of it."""
    rows = BlockYear.objects.filter(block=block, year=year).select_related(
        "block", "pledge_file", "handed_over_to", "handed_over_by", "received_by"
    )
    return rows.first() or BlockYear(block=block, year=year)


def block_year_page(year: BlockYear) -> BlockYearPage:
    memberships = BlockMembership.objects.filter(block=year.block, year=year.year)
    lead = memberships.filter(role=BlockMembership.Role.LEAD).select_related("unit").first()
    if year.pk is None:
        return BlockYearPage(year, lead, memberships.count(), (), (), ())
    return BlockYearPage(
        year,
        lead,
        memberships.count(),
        target_groups(year),
        tuple(_meetings(year)),
        tuple(year.ballots.annotate(voted=Count("voters")).order_by("opened_at", "pk")),
    )


def target_groups(year: BlockYear) -> tuple[TargetGroup, ...]:
    """The block's own first, then unit by unit in the order of protocol."""
    if year.pk is None:
        return ()
    rows = sorted(
        year.targets.select_related("unit"),
        key=lambda row: (row.unit.sort_order if row.unit else -1, row.unit_id or 0, row.position),
    )
    groups = groupby(rows, key=lambda row: row.unit)
    return tuple(TargetGroup(unit, tuple(targets)) for unit, targets in groups)


def _meetings(year: BlockYear) -> Iterable[BlockMeeting]:
    return year.meetings.annotate(
        present=Count("attendances", filter=Q(attendances__is_present=True)),
        invited=Count("attendances"),
    ).order_by("held_on", "pk")


# --- hand-over ----------------------------------------------------------------------------------


def hand_over_checks(year: BlockYear) -> tuple[Check, ...]:
    """What the next khối trưởng takes over, and what of it is still open."""
    page = block_year_page(year)
    return (
        _pledge(year),
        *_meeting_checks(page.meetings),
        *_scoring(year.block, year.year),
        *_ballots(page.ballots),
    )


def _pledge(year: BlockYear) -> Check:
    url = reverse("scoring:pledge", args=[year.block.code, year.year])
    if year.pledge_signed_on is None:
        return Check("Giao ước thi đua", False, "Chưa ghi ngày ký.", url)
    signed = f"Số {year.pledge_number}, " if year.pledge_number else ""
    said = f"{signed}ký ngày {short_date(year.pledge_signed_on)}"
    if year.pledge_file_id is None:
        return Check("Giao ước thi đua", False, f"{said}; chưa có bản đã ký.", url)
    return Check("Giao ước thi đua", True, f"{said}; có bản đã ký.", url)


def _meeting_checks(meetings: Iterable[BlockMeeting]) -> Iterator[Check]:
    held = list(meetings)
    for kind in (Kind.PLEDGE, Kind.MID_YEAR, Kind.YEAR_END):
        label = f"Hội nghị {kind.label[0].lower()}{kind.label[1:]}"
        found = [one for one in held if one.kind == kind]
        if not found:
            yield Check(label, False, "Chưa ghi hội nghị.")
            continue
        last = found[-1]
        url = reverse("scoring:meeting", args=[last.pk])
        said = f"Ngày {short_date(last.held_on)}"
        if last.has_minutes:
            yield Check(label, True, f"{said}; có biên bản.", url)
        else:
            yield Check(label, False, f"{said}; chưa có biên bản.", url)


def _scoring(block: Block, year: int) -> Iterator[Check]:
    scale = ScoringScale.objects.of(block, year).in_force().first()
    if scale is None:
        yield Check("Thang bảng điểm", False, "Chưa có thang điểm đang áp dụng.")
        return
    yield Check(
        "Thang bảng điểm", True, f"Lần {scale.version} đang áp dụng.", scale.get_absolute_url()
    )
    url = reverse("scoring:block-sheets", args=[block.code, year])
    found = ScoreSheet.objects.filter(scale=scale).aggregate(
        all=Count("pk"), locked=Count("pk", filter=Q(status=ScoreSheet.Status.LOCKED))
    )
    members = scale.members().count()
    said = f"Đã khóa sổ {found['locked']}/{members} đơn vị."
    yield Check("Bảng chấm điểm", bool(members) and found["locked"] == members, said, url)
    ranking = Ranking.objects.filter(block=block, year=year).published().first()
    if ranking:
        yield Check("Xếp hạng", True, "Đã công bố.", ranking.get_absolute_url())
    else:
        yield Check("Xếp hạng", False, "Chưa công bố.", url)


def _ballots(ballots: Iterable[Ballot]) -> Iterator[Check]:
    known = [one for one in ballots if one.cancelled_at is None]
    still_open = [one for one in known if one.is_open]
    if still_open:
        said = f"Còn {len(still_open)} lần bỏ phiếu chưa kiểm phiếu."
        yield Check("Bỏ phiếu suy tôn", False, said, still_open[0].get_absolute_url())
    elif known:
        said = f"Đã kiểm phiếu {len(known)} lần."
        yield Check("Bỏ phiếu suy tôn", True, said, known[-1].get_absolute_url())
    else:
        yield Check("Bỏ phiếu suy tôn", False, "Chưa bỏ phiếu.")
