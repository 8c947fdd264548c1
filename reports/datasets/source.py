"""Where a line of a report comes from: the version that counted, as the snapshot keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Source:
    """The version a line is made of: received when, under which receipt, accepted when. Reports
    frozen before sources were kept have none."""

    pk: int = 0
    version: int = 0
    received_at: datetime | None = None
    receipt: str = ""
    accepted_at: datetime | None = None


def source_of(said: Mapping[str, Any]) -> Source:
    return Source(
        pk=said.get("pk", 0),
        version=said["version"],
        received_at=_moment(said.get("received_at", "")),
        receipt=said.get("receipt", ""),
        accepted_at=_moment(said.get("accepted_at", "")),
    )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
