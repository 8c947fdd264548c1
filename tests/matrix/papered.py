"""Papers of reports in the matrix: one in each state, for a report cannot go back to be asked again."""

from typing import Any

from lib import clock
from reports.models import Paper, Passage, SignedCopy
from tests.factories import StoredFileFactory, UserFactory
from tests.reports.papers import built, files, printed

DRAFT, PROPOSED, APPROVED, NUMBERED, ISSUED = "draft", "proposed", "approved", "numbered", "issued"


def furnish(world: Any) -> dict[str, Paper]:
    at, by = clock.now(), UserFactory()
    papers = {
        state: built(world.campaign, at, at=at)
        for state in (DRAFT, PROPOSED, APPROVED, NUMBERED, ISSUED)
    }
    section = papers[DRAFT].sections.get(code="I")
    Passage.objects.create(section=section, unit="Sở Mẫu", source="Cũ", text="Mới", position=1)
    for state in (PROPOSED, APPROVED, NUMBERED, ISSUED):
        papers[state].propose(by=by, at=at)
    for state in (APPROVED, NUMBERED, ISSUED):
        papers[state].approve(by=by, at=at)
    for number, state in enumerate((NUMBERED, ISSUED), start=1):
        papers[state].give_number(number, clock.local_day(at), by=by, at=at)
        made = printed(papers[state], at=at)
    papers[ISSUED].issue({kind: getattr(made, kind) for kind in files()}, by=by, at=at)
    SignedCopy.objects.create(
        paper=papers[ISSUED], stored=StoredFileFactory(on_disk=True), name="da-ky.pdf",
        added_at=at, added_by=by, has_words=False,
    )  # fmt: skip
    return papers


def _of(state: str) -> Any:
    return lambda world, scope: world.papers[state].report_id


def _says(**typed: Any) -> Any:
    return lambda world, scope, principal: dict(typed)


def _texts(world: Any, scope: str, principal: str) -> dict[str, Any]:
    return {"revision": "0", "subject": "Kết quả thực hiện", "position": "GIÁM ĐỐC"}


def _section(world: Any, scope: str, principal: str) -> dict[str, Any]:
    pk = Passage.objects.get().pk
    return {
        "revision": "0", "own": "Lời của Ban", f"doan-{pk}": "Sửa", f"dung-{pk}": "on",
        f"thu-tu-{pk}": "10",
    }  # fmt: skip


def _number(world: Any, scope: str, principal: str) -> dict[str, Any]:
    return {"cap-so-number": "9", "cap-so-day": f"{clock.local_day(clock.now()):%d/%m/%Y}"}


def _fixed(world: Any, scope: str, principal: str) -> dict[str, Any]:
    return {"version": "0", "subject": "Kết quả {tên đợt}", "position": "GIÁM ĐỐC"}


BODIES = {
    "reports:paper-draft": _texts,
    "reports:paper-autosave": _texts,
    "reports:paper-section": _section,
    "reports:paper-section-autosave": _section,
    "reports:passage": _says(),
    "reports:paper-hand-back": _says(**{"chuyen-lai-reason": "Sửa lời kết"}),
    "reports:paper-number": _number,
    "reports:paper-number-back": _says(**{"thu-so-reason": "Nhầm ngày"}),
    "reports:report-supplement": _says(cut_off="giu"),
    "reports:text-template": _fixed,
}

STATES = {
    DRAFT: (
        "paper-draft", "paper-autosave", "paper-section", "paper-section-autosave",
        "paper-preview", "passage", "paper-text", "paper-reprint", "paper-printing",
        "paper-propose", "report-supplement", "report-compare",
    ),
    PROPOSED: ("paper-hand-back", "paper-approve"),
    APPROVED: ("paper-number",),
    NUMBERED: ("paper-number-back", "paper-issue"),
    ISSUED: ("signed-add", "signed-file"),
}  # fmt: skip

VALUES = {
    **{f"reports:{name} pk": _of(state) for state, names in STATES.items() for name in names},
    **{
        f"reports:{name} code": lambda world, scope: "I"
        for name in ("paper-section", "paper-section-autosave", "paper-preview")
    },
    "passage_pk": lambda world, scope: Passage.objects.get().pk,
    "copy_pk": lambda world, scope: SignedCopy.objects.get().pk,
    "reports:report-compare other_pk": _of(ISSUED),
    "reports:text-template kind": lambda world, scope: "ke-hoach",
    "reports:text-template-version kind": lambda world, scope: "ke-hoach",
    "version": lambda world, scope: 0,
    "reports:verify-report code": lambda world, scope: world.papers[ISSUED].code,
}
