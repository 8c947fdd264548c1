"""What the board does with the words of a report: edit them, have the files made anew."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.handover import hand_over
from accounts.models import User
from accounts.permissions import require
from accounts.workflow import Conflict, Refused
from campaign.actions.submission import SITTING, record_edit
from lib.vietnamese import short_date
from reports.models import Paper, PaperSection, Passage, PassageEdit, Printing
from reports.models.paper import PassageData
from reports.permissions import may_edit_paper
from reports.tasks import print_paper


@transaction.atomic
def save_texts(
    paper: Paper, values: Mapping[str, str], *, by: User, at: datetime, revision: int
) -> None:
    """Keep the fixed texts (lời văn chung)."""
    require(may_edit_paper(by, paper))
    _refuse_unless_draft(paper)
    changed = [name for name, text in values.items() if getattr(paper, name) != text]
    if not paper.claim_revision(revision, values, by=by, at=at):
        raise _clash(paper)
    if changed:
        labels = [str(Paper._meta.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]
        record_edit(paper, labels, by=by, at=at)


@transaction.atomic
def save_section(
    section: PaperSection,
    text: str,
    passages: Mapping[int, PassageData],
    *,
    by: User,
    at: datetime,
    revision: int,
) -> None:
    """Keep the board's words and what becomes of each unit's paragraph; sources never change."""
    paper = section.paper
    require(may_edit_paper(by, paper))
    _refuse_unless_draft(paper)
    if not section.claim_revision(revision, by=by, at=at):
        raise _clash(paper)
    if not paper.count_edition():
        raise not_a_draft(paper)
    PaperSection.objects.filter(pk=section.pk).update(text=text)
    section.text = text
    _keep_passages(section, passages, by=by, at=at)
    record_edit(paper, [f"Mục {section.code}"], by=by, at=at)


def _keep_passages(
    section: PaperSection, wanted: Mapping[int, PassageData], *, by: User, at: datetime
) -> None:
    known = list(Passage.objects.filter(section=section, pk__in=list(wanted)))
    reworded = [
        row
        for row in known
        if (row.text, row.is_used) != (wanted[row.pk].text, wanted[row.pk].is_used)
    ]
    _keep_old_words(reworded, by=by, at=at)
    for row in known:
        said = wanted[row.pk]
        row.text, row.is_used, row.position = said.text, said.is_used, said.position
    Passage.objects.bulk_update(known, ["text", "is_used", "position"])


def _keep_old_words(rows: list[Passage], *, by: User, at: datetime) -> None:
    """What each said before this person sat down to it."""
    fresh = PassageEdit.objects.filter(passage__in=rows, by=by, at__gt=at - SITTING)
    noted = set(fresh.values_list("passage", flat=True))
    PassageEdit.objects.bulk_create(
        PassageEdit(passage=row, at=at, by=by, old_text=row.text, was_used=row.is_used)
        for row in rows
        if row.pk not in noted
    )


@transaction.atomic
def restore_source(passage: Passage, *, by: User, at: datetime) -> None:
    """Back to what the unit wrote."""
    section = passage.section
    said = PassageData(passage.source, passage.is_used, passage.position)
    require(may_edit_paper(by, section.paper))
    _refuse_unless_draft(section.paper)
    _keep_old_words([passage], by=by, at=at)
    Passage.objects.filter(pk=passage.pk).update(text=said.text)
    if not section.claim_revision(section.revision, by=by, at=at):
        raise _clash(section.paper)
    section.paper.count_edition()
    record_edit(section.paper, [f"Mục {section.code}"], by=by, at=at)


@transaction.atomic
def reprint(paper: Paper, *, by: User, at: datetime) -> Printing:
    """Make the files of the paper as it now reads; one that is under way is enough."""
    require(may_edit_paper(by, paper))
    if paper.is_issued:
        raise Refused("Báo cáo đã ban hành nên tệp không lập lại nữa.")
    newest = Printing.objects.newest(paper)
    if newest is not None and not newest.is_final:
        return newest
    return ask_for_files(paper, by=by, at=at)


def ask_for_files(paper: Paper, *, by: User, at: datetime) -> Printing:
    printing = Printing.objects.ask(paper, by=by, at=at)
    hand_over(print_paper, printing_id=printing.pk)
    return printing


def _refuse_unless_draft(paper: Paper) -> None:
    if not paper.is_editable:
        raise not_a_draft(paper)


def not_a_draft(paper: Paper) -> Refused:
    if paper.is_issued and paper.issued_on:
        return Refused(
            f"Báo cáo đã ban hành ngày {short_date(paper.issued_on)} nên không sửa được. "
            "Cần sửa, mời lập bản bổ sung."
        )
    return Refused(
        f"Báo cáo đang ở trạng thái “{paper.get_status_display()}” nên không sửa được. "
        "Cần sửa, mời Trưởng Ban chuyển lại bản thảo."
    )


def _clash(paper: Paper) -> Refused:
    paper.refresh_from_db(fields=["status"])
    if not paper.is_editable:
        return not_a_draft(paper)
    return Conflict("Phần này vừa được người khác lưu. Mời so lại hai bản rồi lưu tiếp.")
