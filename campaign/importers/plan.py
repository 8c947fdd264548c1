"""The bundled campaigns: each is read from the text of its plan, as any other plan would be.

One folder per campaign: `plan.md` is the plan as issued, to the letter; `additions.json` holds the
few things the document lacks, row by row: corrections of misprints, days of anniversaries, what
is related to what, and the notes of whoever edited it. Nothing in it repeats the document.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from campaign.datasets.directory import directory
from campaign.importers.rows import Writing, write_rows
from campaign.models import Campaign
from campaign.proposal.facts import facts_of
from campaign.proposal.matching import Match, match_all
from campaign.proposal.row import ROLES, Row
from campaign.proposal.rows import rows_of
from campaign.reader.extract import extract
from campaign.reader.plan import read_source
from campaign.reader.record import as_json
from campaign.reader.refusal import Unreadable
from lib.datafile import BadDataFile
from lib.vietnamese import nfc
from units.importers import Tally, put

FOLDER = Path(__file__).parent.parent / "data"
PLAN, ADDITIONS = "plan.md", "additions.json"
DAYS = {"issued_on", "starts_on", "ends_on", "sub_plan_due_date"}
ADDED = {field.name for field in fields(Row)} - {"code", "kind"}


@dataclass
class Loaded:
    """The campaign and what loading it did."""

    campaign: Campaign
    tallies: list[Tally]

    @property
    def did_something(self) -> bool:
        return any(tally.did_something for tally in self.tallies)


def available(folder: Path = FOLDER) -> list[str]:
    """Codes of the campaigns there are plans for, oldest first."""
    return sorted(path.parent.name for path in folder.glob(f"*/{PLAN}"))


@transaction.atomic
def load_plan(code: str, folder: Path = FOLDER) -> Loaded:
    """Header, items and duties of one campaign; a second run changes nothing."""
    additions = _additions(folder / code / ADDITIONS)
    facts, rows = read_plan(folder / code / PLAN)
    rows = _with_additions(rows, additions["items"])
    header = _header(code, {**facts, **additions["facts"]})
    tally = Tally("Đợt thi đua")
    campaign: Campaign = put(Campaign, {"code": code}, header, tally)
    names = [name for row in rows for name in row.names]
    matches = match_all(names, directory(on=campaign.issued_on))
    _check_names(rows, matches)
    run = Writing(campaign, lambda name: matches[name].meant)
    write_rows(rows, run)
    return Loaded(campaign, [tally, *run.tallies])


def read_plan(path: Path) -> tuple[dict[str, str], list[Row]]:
    """What the reader makes of the plan; the file is ours, so it is read in this process."""
    content = path.read_bytes()
    try:
        read = as_json(read_source(extract(content)))
    except Unreadable as refused:
        raise BadDataFile(f"{path.name}: {refused}") from refused
    # The lines of the file itself, not of what extraction made of them: the issued text is kept.
    printed = nfc(content.decode()).split("\n")
    rows = rows_of(read, list(enumerate(printed, start=1)))
    return facts_of(read, rows), rows


def _additions(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(nfc(path.read_text(encoding="utf-8")))
        return {"facts": dict(said["facts"]), "items": dict(said["items"])}
    except (ValueError, KeyError, TypeError) as problem:
        raise BadDataFile(f"{path.name}: không đọc được ({problem}).") from problem


def _with_additions(rows: Sequence[Row], items: dict[str, Any]) -> list[Row]:
    by_code = {row.code: row for row in rows}
    for code, said in items.items():
        if code not in by_code:
            raise BadDataFile(f"{ADDITIONS}: Kế hoạch không có mục “{code}”.")
        if unknown := set(said) - ADDED:
            raise BadDataFile(f"{ADDITIONS}, mục {code}: không có “{', '.join(sorted(unknown))}”.")
        told: dict[str, Any] = {
            name: tuple(value) if name in ROLES else value for name, value in said.items()
        }
        if said.get("corrected") == by_code[code].text:
            raise BadDataFile(
                f"{ADDITIONS}, mục {code}: văn bản đã sửa giống hệt bản in; hãy bỏ đi."
            )
        by_code[code] = replace(by_code[code], **told)
    return list(by_code.values())


def _header(code: str, facts: dict[str, str]) -> dict[str, Any]:
    known = {found.name for found in Campaign._meta.concrete_fields} - {"id", "code"}
    said = {name: value for name, value in facts.items() if name != "code"}
    if set(said) != known:
        differing = ", ".join(sorted(known ^ set(said)))
        raise BadDataFile(f"{ADDITIONS}: thừa hoặc thiếu mục {differing}.")
    try:
        return {name: _fact(name, value) for name, value in said.items()}
    except ValueError as problem:
        raise BadDataFile(f"Đợt {code}: không đọc được ngày ({problem}).") from problem


def _fact(name: str, value: str) -> str | date:
    return date.fromisoformat(value) if name in DAYS else value


def _check_names(rows: Sequence[Row], matches: Mapping[str, Match]) -> None:
    """A duty must be somebody's; who merely takes part may be a body outside the directory."""
    for row in rows:
        for name in row.assignees:
            if not matches[name].meant:
                raise BadDataFile(
                    f"{PLAN}, mục {row.code}: không có đơn vị “{name}”; "
                    "hãy nạp đơn vị trước (load_units)."
                )
