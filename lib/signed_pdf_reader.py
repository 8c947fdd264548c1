"""The process that reads a signed PDF: `python -m lib.signed_pdf_reader`; see `lib.signed_pdf`."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pypdfium2 import PdfDocument

from lib.confined import confine
from lib.signed_pdf import Difference, Signature
from lib.vietnamese import clean

MOST_DIFFERENCES = 20
WORDS_SHOWN = 12
UNKNOWN_ROOT = (
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND,
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE,
)
_OUT_OF_TIME = "Chứng thư của người ký đã hết hạn hoặc chưa có hiệu lực"
PROBLEMS: dict[Any, str] = {
    AdESIndeterminate.REVOKED_NO_POE: "Chứng thư của người ký đã bị thu hồi",
    AdESIndeterminate.REVOKED_CA_NO_POE: "Chứng thư của nơi cấp đã bị thu hồi",
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: _OUT_OF_TIME,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: _OUT_OF_TIME,
    AdESIndeterminate.EXPIRED: _OUT_OF_TIME,
    AdESIndeterminate.NOT_YET_VALID: _OUT_OF_TIME,
}


def differences(issued: Path, signed: Path) -> Iterator[Difference]:
    """Page by page, word by word. Comments and stamps of signing programs are no words of it."""
    ours, theirs = list(_pages(issued)), list(_pages(signed))
    for place in range(max(len(ours), len(theirs))):
        before = ours[place] if place < len(ours) else []
        after = theirs[place] if place < len(theirs) else []
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for kind, a, b, c, d in matcher.get_opcodes():
            if kind != "equal":
                yield Difference(place + 1, _shown(before[a:b]), _shown(after[c:d]))


def _pages(path: Path) -> Iterator[list[str]]:
    with PdfDocument(path) as document:
        for page in document:
            yield clean(page.get_textpage().get_text_bounded()).split()


def _shown(words: list[str]) -> str:
    more = " …" if len(words) > WORDS_SHOWN else ""
    return " ".join(words[:WORDS_SHOWN]) + more


def signatures(path: Path, anchors: Path | None, at: datetime) -> Iterator[Signature]:
    """Each in the order it was made; timestamps of whole documents are no signatures."""
    roots = list(_certificates(anchors)) if anchors else []
    with path.open("rb") as file:
        for found in PdfFileReader(file, strict=False).embedded_signatures:
            if found.sig_object_type == "/Sig":
                yield _signature(found, roots, at)


def _certificates(path: Path) -> Iterator[x509.Certificate]:
    for _, _, content in pem.unarmor(path.read_bytes(), multiple=True):
        yield x509.Certificate.load(content)


def _signature(
    found: EmbeddedPdfSignature, roots: list[x509.Certificate], at: datetime
) -> Signature:
    context = ValidationContext(trust_roots=roots, moment=at, allow_fetching=False)
    usage = KeyUsageConstraints(
        key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
    )
    told = found.self_reported_timestamp
    common = {
        "signer": _name(found.signer_cert.subject) if found.signer_cert else "",
        "issuer": _name(found.signer_cert.issuer) if found.signer_cert else "",
        "signed_at": told.isoformat() if told else "",
    }
    try:
        status = validate_pdf_signature(found, context, key_usage_settings=usage)
    except (SignatureValidationError, ValueError):
        return Signature(
            **common, is_timestamped=False, is_intact=False, is_trusted=None, covers_all=False,
            problem="Chữ ký bị hỏng hoặc không đúng chuẩn",
        )  # fmt: skip
    return Signature(
        **common,
        is_timestamped=bool(status.timestamp_validity and status.timestamp_validity.trusted),
        is_intact=bool(status.intact and status.valid),
        is_trusted=_is_trusted(status),
        covers_all=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        problem=PROBLEMS.get(status.trust_problem_indic, ""),
    )


def _is_trusted(status: PdfSignatureStatus) -> bool | None:
    if status.trusted:
        return True
    return None if status.trust_problem_indic in UNKNOWN_ROOT else False


def _name(name: x509.Name) -> str:
    """Who, and of which body: “Nguyễn Văn A, Sở Nội vụ”."""
    said = name.native
    parts = (said.get("common_name"), said.get("organization_name"))
    return ", ".join(str(part) for part in parts if part)


def main(issued: str, signed: str, anchors: str, at: str) -> dict[str, Any]:
    moment = datetime.fromisoformat(at)
    read = signatures(Path(signed), Path(anchors) if anchors else None, moment)
    return {
        "has_words": any(_pages(Path(signed))),
        "differences": [asdict(row) for row in differences(Path(issued), Path(signed))][
            :MOST_DIFFERENCES
        ],
        "signatures": [asdict(row) for row in read],
    }


if __name__ == "__main__":
    confine()
    json.dump(main(*sys.argv[1:5]), sys.stdout)
