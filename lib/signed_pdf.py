"""Hold a signed PDF against the one that was issued, and read the digital signatures in it.

What comes back from a signing program is a file a stranger made, so it is read in a confined
process (`lib.signed_pdf_reader`). Nothing is fetched: a signature is believed where its chain
ends in a certificate of the given file; of any other root we say that we cannot tell.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lib.confined import Failed, run


class Unreadable(Exception):
    """No PDF that could be read."""


@dataclass(frozen=True)
class Difference:
    """Where a page says something else; `page` is counted from 1."""

    page: int
    issued: str
    signed: str


@dataclass(frozen=True)
class Signature:
    """A digital signature found in the file.

    `is_intact`: what it covers was not changed. `is_trusted`: who signed is known; None where the
    root of its certificate is not among ours. `covers_all`: nothing was added after it.
    """

    signer: str
    issuer: str
    signed_at: str
    is_timestamped: bool
    is_intact: bool
    is_trusted: bool | None
    covers_all: bool
    problem: str = ""

    @property
    def at(self) -> datetime | None:
        return datetime.fromisoformat(self.signed_at) if self.signed_at else None

    @property
    def is_valid(self) -> bool:
        return self.is_intact and self.is_trusted is not False

    @property
    def verdict(self) -> str:
        """In words: whether the text is as signed, and whether we know who signed."""
        if not self.is_intact:
            return self.problem or "Không hợp lệ: nội dung đã bị sửa sau khi ký"
        if self.is_trusted is None:
            return "Nội dung đúng như lúc ký; không kiểm tra được người ký"
        if not self.is_trusted:
            return self.problem or "Chứng thư của người ký không hợp lệ"
        return "Hợp lệ"


@dataclass(frozen=True)
class Examined:
    has_words: bool
    differences: tuple[Difference, ...]
    signatures: tuple[Signature, ...]


def examine(issued: Path, signed: Path, *, anchors: Path | None, at: datetime) -> Examined:
    """In a confined process; raises `Unreadable`."""
    try:
        told = json.loads(
            run(
                "lib.signed_pdf_reader",
                str(issued),
                str(signed),
                str(anchors or ""),
                at.isoformat(),
            )
        )
    except Failed:
        raise Unreadable from None
    return Examined(
        has_words=told["has_words"],
        differences=tuple(Difference(**row) for row in told["differences"]),
        signatures=tuple(Signature(**row) for row in told["signatures"]),
    )
