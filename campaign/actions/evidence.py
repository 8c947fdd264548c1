"""Minh chứng: add photos, files and links to what they prove, and put them right."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.actions.submission import lock_draft
from campaign.models import Activity, Evidence, Indicator, ProgressReport
from campaign.permissions import may_change_evidence, may_prove_activity, may_prove_report
from files.actions import claim_staged, keep_thumbnails


@dataclass(frozen=True)
class Proof:
    """What somebody adds at once: files by their tokens, a link, and one caption for all."""

    tokens: Sequence[str] = field(default_factory=tuple)
    link: str = ""
    caption: str = ""


@transaction.atomic
def prove_activity(activity: Activity, proof: Proof, *, by: User, at: datetime) -> int:
    """How many pieces were added; what was there already is not added twice."""
    require(may_prove_activity(by, activity))
    return _add({"activity": activity}, proof, by=by, at=at)


@transaction.atomic
def prove_report(
    report: ProgressReport,
    proof: Proof,
    *,
    by: User,
    at: datetime,
    indicator: Indicator | None = None,
) -> int:
    """Evidence of the whole report, or of its figures for one indicator."""
    require(may_prove_report(by, report))
    lock_draft(report, by=by)
    return _add({"report": report, "indicator": indicator}, proof, by=by, at=at)


def attach_scans_unchecked(
    report: ProgressReport, tokens: Sequence[str], *, by: User, at: datetime
) -> None:
    """Keep the scans of a report that reached the board outside the portal; the caller has asked
    who may enter it."""
    _add({"report": report, "indicator": None}, Proof(tokens), by=by, at=at)


def _add(subject: dict[str, Any], proof: Proof, *, by: User, at: datetime) -> int:
    staged = claim_staged(proof.tokens, by=by, at=at)
    thumbnails = keep_thumbnails(staged, at=at)
    said = {"caption": proof.caption, "added_at": at, "added_by": by}
    added = [
        Evidence.objects.get_or_create(
            **subject,
            stored=file.stored,
            defaults={**said, "name": file.name, "thumbnail": thumbnails.get(file.stored_id)},
        )
        for file in staged
    ]
    if proof.link:
        added.append(Evidence.objects.get_or_create(**subject, link=proof.link, defaults=said))
    fresh = [piece for piece, is_new in added if is_new]
    if fresh:
        _record(fresh, "evidence_added", "Thêm minh chứng", by=by, at=at)
    return len(fresh)


@transaction.atomic
def describe_evidence(evidence: Evidence, *, by: User, at: datetime, caption: str) -> None:
    _require_changeable(evidence, by=by)
    evidence.caption = caption
    evidence.save(update_fields=["caption"])
    _record([evidence], "evidence_described", "Sửa chú thích minh chứng", by=by, at=at)


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User, at: datetime) -> None:
    """Take away what no sent report rests on; the content itself goes with the sweeper."""
    _require_changeable(evidence, by=by)
    _record([evidence], "evidence_removed", "Gỡ minh chứng", by=by, at=at)
    evidence.delete()


def _require_changeable(evidence: Evidence, *, by: User) -> None:
    require(may_change_evidence(by, evidence))
    if evidence.report is not None:
        lock_draft(evidence.report, by=by)
    if Evidence.objects.filter(pk=evidence.pk).sent().exists():
        raise Refused(
            "Minh chứng này thuộc báo cáo đã gửi nên không sửa, không gỡ được nữa. "
            "Cần thay thế, mời thêm minh chứng mới và ghi rõ trong chú thích."
        )


def _record(
    pieces: Sequence[Evidence], verb: str, label: str, *, by: User, at: datetime
) -> None:  # fmt: skip
    subject = pieces[0].activity or pieces[0].report
    if subject is not None:
        note = "; ".join(str(piece) for piece in pieces[:5])
        AuditEvent.objects.record(subject, verb, by=by, at=at, label=label, note=note)
