"""The year of a block in the matrix: a pledge, a meeting, an open vote, a hand-over half done.

Like a scale it belongs to a block, so the scopes "own" and "same_block" mean the same one.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import reverse

from scoring.models import Attendance, BlockYear, PledgeTarget
from tests.factories import (
    BallotFactory,
    BlockMeetingFactory,
    BlockYearFactory,
    StoredFileFactory,
    UnitFactory,
)
from units.models import Block, Unit

YEAR_PAGES = (
    "block-year", "block-days", "pledge", "pledge-file", "target-add", "target-remove", "hand-over",
    "hand-over-receive", "meeting-note", "ballot-open",
)  # fmt: skip
MEETING_PAGES = ("meeting", "meeting-edit", "meeting-minutes", "meeting-file")
BALLOT_PAGES = ("ballot", "ballot-vote", "ballot-count", "ballot-cancel")
ABOUT_A_BLOCK = {f"scoring:{name}" for name in (*YEAR_PAGES, *MEETING_PAGES, *BALLOT_PAGES)}


def furnish(world: Any) -> None:
    """The unit "own", or that of the other block, is to take the block over."""
    for scope in ("own", "other_block"):
        block, unit = _block(world, scope), world.places[scope].unit
        file = StoredFileFactory(on_disk=True)
        year = BlockYearFactory(
            block=block, pledge_file=file, pledge_file_name="giao-uoc.pdf", handed_over_to=unit,
            handed_over_on="2024-03-01", handed_over_at="2024-03-01T08:00Z",
            handed_over_by=world.people["board_head"],
        )  # fmt: skip
        PledgeTarget.objects.create(block_year=year, position=1, text="Chỉ tiêu")
        BlockMeetingFactory(block_year=year, minutes_file=file, minutes_file_name="bien-ban.pdf")
        members = Unit.objects.in_block(block, year=2024).order_by("pk")
        BallotFactory(block_year=year, nominees=members, allows_own=True)


def let_words_into_year(block: Block, unit: Unit, word: Callable[[str], str]) -> BlockYear:
    """A year in which every text is one word: heard by the block and the province."""
    year = BlockYearFactory(
        block=block, pledge_number=word("pledge"), hand_over_note=word("hand over"),
        pledge_file_name=word("pledge file"), pledge_file=StoredFileFactory(),
    )  # fmt: skip
    PledgeTarget.objects.create(block_year=year, unit=unit, position=1, text=word("target"))
    said = {name: word(name) for name in ("place", "chaired_by", "secretary", "minutes")}
    meeting = BlockMeetingFactory(block_year=year, **said)
    Attendance.objects.create(meeting=meeting, unit=unit, is_present=True, people=word("people"))
    BallotFactory(block_year=year, title=word("ballot"), nominees=[unit, UnitFactory()])
    return year


def addresses_of(years: Iterable[BlockYear]) -> Iterator[str]:
    for year in years:
        for name in ("block-year", "pledge", "hand-over"):
            yield reverse(f"scoring:{name}", args=[year.block.code, year.year])
        meeting, ballot = year.meetings.get(), year.ballots.get()
        yield reverse("scoring:meeting", args=[meeting.pk])
        yield reverse("scoring:meeting-minutes", args=[meeting.pk, "docx"])
        yield ballot.get_absolute_url()


def _block(world: Any, scope: str) -> Block:
    return world.places[scope].unit.block_memberships.get().block


def _year(world: Any, scope: str) -> BlockYear:
    return BlockYear.objects.get(block=_block(world, scope))


def _unit(world: Any, scope: str) -> int:
    return world.places[scope].unit.pk


def _nominees(world: Any, scope: str, principal: str) -> dict[str, Any]:
    members = Unit.objects.in_block(_block(world, "own"), year=2024)
    return {"title": "Suy tôn", "choices": "1", "nominees": [one.pk for one in members]}


def _hand_over(world: Any, scope: str, principal: str) -> dict[str, Any]:
    return {"unit": _unit(world, scope), "on": "2/4/2024"}


def _says(**typed: Any) -> Any:
    return lambda world, scope, principal: dict(typed)


BODIES = {
    "scoring:block-days": _says(pledge="31/3/2024"),
    "scoring:pledge": _says(number="01", signed_on="1/3/2024"),
    "scoring:target-add": _says(text="Chỉ tiêu"),
    "scoring:hand-over": _hand_over,
    "scoring:meeting-note": _says(kind="other", held_on="1/3/2024"),
    "scoring:meeting-edit": _says(kind="other", held_on="1/3/2024"),
    "scoring:ballot-open": _nominees,
    "scoring:ballot-vote": _says(**{"secret-blank": "on"}),
    "scoring:ballot-cancel": _says(**{"huy-reason": "Bầu lại"}),
}

VALUES = {
    **{
        f"scoring:{name} code": lambda world, scope: _block(world, scope).code
        for name in YEAR_PAGES
    },
    **{f"scoring:{name} year": lambda world, scope: 2024 for name in YEAR_PAGES},
    "scoring:target-remove pk": lambda world, scope: _year(world, scope).targets.get().pk,
    **{
        f"scoring:{name} pk": lambda world, scope: _year(world, scope).meetings.get().pk
        for name in MEETING_PAGES
    },
    **{
        f"scoring:{name} pk": lambda world, scope: _year(world, scope).ballots.get().pk
        for name in BALLOT_PAGES
    },
    "scoring:ballot-vote unit_pk": _unit,
    "scoring:meeting-minutes kind": lambda world, scope: "docx",
}
