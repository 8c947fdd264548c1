"""What a signed copy that came back says, beside the PDF that was issued."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.workflow import Refused
from files.models import StoredFile
from files.store import path_of
from lib.signed_pdf import Examined, Signature, Unreadable, examine


@dataclass(frozen=True)
class Told:
    """The outcome, fit to be kept as JSON."""

    has_words: bool
    differences: list[dict[str, Any]]
    signatures: list[dict[str, Any]]

    @property
    def in_words(self) -> str:
        """One line for the history."""
        if not self.has_words:
            same = "bản quét, không so được chữ"
        elif self.differences:
            pages = sorted({row["page"] for row in self.differences})
            same = f"khác bản ban hành ở trang {', '.join(map(str, pages))}"
        else:
            same = "chữ khớp bản ban hành"
        return f"{same}; {len(self.signatures)} chữ ký số"


def compare_with_issued(issued: StoredFile, signed: StoredFile, *, at: datetime) -> Told:
    """Words page by page, and every digital signature."""
    anchors = settings.SIGNATURE_ANCHORS
    try:
        found: Examined = examine(
            path_of(issued.sha256),
            path_of(signed.sha256),
            anchors=Path(anchors) if anchors else None,
            at=at,
        )
    except Unreadable:
        raise Refused("Không đọc được tệp PDF này. Mời xuất lại từ phần mềm ký rồi gửi.") from None
    return Told(
        has_words=found.has_words,
        differences=[asdict(row) for row in found.differences] if found.has_words else [],
        signatures=[asdict(row) for row in found.signatures],
    )


def signatures_of(kept: list[dict[str, Any]]) -> list[Signature]:
    return [Signature(**row) for row in kept]
