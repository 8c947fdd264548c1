"""The papers of a dossier: handed in, written by the portal, taken out."""

import re
from datetime import datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from awards.datasets.dossier import dossier_page
from awards.datasets.paper import paper_facts
from awards.documents.papers import paper_document
from awards.models import AwardPaper, Dossier, Nomination, PaperKind
from awards.permissions import may_edit_dossier
from files.actions import claim_staged, keep_document
from files.checks import Kind
from lib.official.docx import write_docx
from lib.vietnamese import fold


@transaction.atomic
def attach_paper(
    dossier: Dossier,
    kind: str,
    tokens: list[str],
    *,
    by: User,
    at: datetime,
    nomination: Nomination | None = None,
) -> list[AwardPaper]:
    """Files a person hands in; a signed scan takes the place of what the portal wrote."""
    require(may_edit_dossier(by, dossier))
    _require_open(dossier)
    staged = claim_staged(tokens, by=by, at=at)
    there = AwardPaper.objects.current().filter(dossier=dossier, nomination=nomination, kind=kind)
    there.filter(origin=AwardPaper.Origin.GENERATED).update(removed_at=at, removed_by=by)
    made = [
        AwardPaper.objects.create(
            dossier=dossier, nomination=nomination, kind=kind, stored=file.stored, name=file.name,
            origin=AwardPaper.Origin.UPLOADED, added_at=at, added_by=by,
        )
        for file in staged
    ]  # fmt: skip
    for paper in made:
        _note(paper, "attached", f"Thêm {_named(paper)}", by=by, at=at)
    return made


@transaction.atomic
def remove_paper(paper: AwardPaper, *, by: User, at: datetime) -> None:
    require(may_edit_dossier(by, paper.dossier))
    _require_open(paper.dossier)
    if paper.removed_at is not None:
        raise Refused("Giấy tờ này đã được bỏ khỏi hồ sơ.")
    paper.removed_at, paper.removed_by = at, by
    paper.save(update_fields=["removed_at", "removed_by"])
    _note(paper, "removed", f"Bỏ {_named(paper)}", by=by, at=at)


def write_missing_papers(dossier: Dossier, *, by: User, at: datetime) -> None:
    """Write what the portal can write and nobody handed in, anew from the data as it is."""
    fresh = AwardPaper.objects.current().filter(dossier=dossier, origin=AwardPaper.Origin.GENERATED)
    fresh.update(removed_at=at, removed_by=by)
    for line in dossier_page(dossier, at=at).papers:
        if line.can_generate and not line.is_there:
            _write(dossier, line.kind, line.nomination, by=by, at=at)


def _write(
    dossier: Dossier, kind: str, nomination: Nomination | None, *, by: User, at: datetime
) -> AwardPaper:
    document = paper_document(paper_facts(dossier, kind, nomination, at=at))
    stored = keep_document(write_docx(document), Kind.DOCX, at=at)
    paper = AwardPaper.objects.create(
        dossier=dossier, nomination=nomination, kind=kind, stored=stored,
        name=file_name(kind, nomination), origin=AwardPaper.Origin.GENERATED,
        added_at=at, added_by=by,
    )  # fmt: skip
    _note(paper, "written", f"Cổng lập {_named(paper)}", by=by, at=at)
    return paper


def file_name(kind: str, nomination: Nomination | None) -> str:
    whose = f" {nomination.candidate.name}" if nomination else ""
    names = {PaperKind.LETTER: "to trinh", PaperKind.MINUTES: "bien ban"}
    words = re.findall(r"[a-z0-9]+", fold(names.get(PaperKind(kind), "bao cao") + whose))
    return f"{'-'.join(words)[:80]}.docx"


def _require_open(dossier: Dossier) -> None:
    if dossier.status not in {*Dossier.EDITABLE, Dossier.Status.AWAITING_HEAD}:
        raise Refused("Hồ sơ đã gửi đi; muốn đổi giấy tờ, hãy lấy lại hồ sơ trước.")


def _named(paper: AwardPaper) -> str:
    whose = f" của {paper.nomination.candidate}" if paper.nomination else ""
    return f"{paper.get_kind_display().lower()}{whose}"


def _note(paper: AwardPaper, verb: str, label: str, *, by: User, at: datetime) -> None:
    AuditEvent.objects.record(paper.dossier, verb, by=by, at=at, label=label[:200], note=paper.name)
