"""What anybody may know of an issued report, by the code printed on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reports.models import Paper, SignedCopy

ISSUER = "Ban Thi đua - Khen thưởng, Sở Nội vụ tỉnh Tây Ninh"
SIGNED = "bản PDF đã ký"


@dataclass(frozen=True)
class Issued:
    code: str
    number: str
    issuer: str
    issued_on: date
    subject: str
    is_superseded: bool
    successor: str
    hashes: Mapping[str, str]

    def file_of(self, sha256: str) -> str:
        """Which of its files has this hash; empty where none has."""
        return next((name for name, known in self.hashes.items() if known == sha256), "")


def issued_by_code(code: str) -> Issued | None:
    issued = Paper.objects.issued().select_related("superseded_by", "report__block", "report__unit")
    paper = issued.filter(code=code).first()
    if paper is None or paper.issued_on is None:
        return None
    hashes = {f"tệp {kind.upper()}": sha256 for kind, sha256 in sorted(paper.hashes.items())}
    same = [row for row in _copies(paper) if row.is_same]
    if same:
        hashes[SIGNED] = same[0].stored.sha256
    return Issued(
        code=paper.code,
        number=paper.full_number,
        issuer=str(paper.report.unit or paper.report.block or ISSUER),
        issued_on=paper.issued_on,
        subject=paper.subject,
        is_superseded=paper.superseded_by is not None,
        successor=str(paper.superseded_by) if paper.superseded_by else "",
        hashes=hashes,
    )


def _copies(paper: Paper) -> list[SignedCopy]:
    rows = SignedCopy.objects.filter(paper=paper).newest_first()
    return list(rows.select_related("stored"))
