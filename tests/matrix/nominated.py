"""Awards in the matrix: of each unit a draft dossier, one that was sent, and one being appraised.

The guideline is a draft, so that no quota stands in the way of a cell.
"""

from typing import Any

from accounts.models import AuditEvent
from awards.models import AwardForm, Dossier, Nomination, PaperTemplate
from tests.factories import StoredFileFactory
from tests.factories.awards import (
    AwardFormFactory,
    AwardGuidelineFactory,
    AwardPaperFactory,
    BaseSalaryFactory,
    CandidateFactory,
    DossierFactory,
    EligibilityRuleFactory,
    NominationFactory,
)

DRAFT_PAGES = (
    "dossier-letter", "nomination-add", "nominations-import", "nominations-template",
    "nomination-check", "dossier-hand", "dossier-hand-back", "dossier-sign", "paper-attach",
    "dossier-withdraw",
)  # fmt: skip
DRAFT_NOMINEE_PAGES = (
    "nomination-edit", "nomination-sources", "nomination-remove", "nomination-reason",
)  # fmt: skip
SENT_PAGES = (
    "dossier", "dossier-file", "dossier-take-back", "dossier-block-vote", "dossier-block-back",
    "dossier-return", "dossier-complete",
)  # fmt: skip
SENT_NOMINEE_PAGES = ("nomination", "nomination-report", "nomination-personal")
ABOUT_A_UNIT = {
    f"awards:{name}"
    for name in (
        *DRAFT_PAGES, *DRAFT_NOMINEE_PAGES, *SENT_PAGES, *SENT_NOMINEE_PAGES, "paper",
        "paper-remove", "paper-tick", "nomination-appraise", "nomination-reopen",
        "nominate-by-ranking",
    )
}  # fmt: skip

# So unlike one another that nobody takes two of them for one.
NAMES = (
    "Trần Khang", "Lê Ngọc Bảo", "Võ Cát Tường", "Đỗ Phúc", "Hồ Thị Sen", "Mai Quốc Đạt", "Lý Huệ",
    "Cao Xuân Giang", "Tạ Yên", "Ngô Minh Oanh", "Phan Ích", "Vũ Văn Uy",
)  # fmt: skip


def furnish(world: Any) -> None:
    form = AwardFormFactory(code="BK-TINH")
    BaseSalaryFactory()
    EligibilityRuleFactory()
    PaperTemplate.objects.create(kind="letter", legal_basis="NĐ 98", valid_from="2024-01-01")
    AwardGuidelineFactory(campaign=world.campaign)
    names = iter(NAMES)
    for place in world.places.values():
        for number, trait in enumerate(("", "submitted", "complete", "complete"), start=1):
            dossier = DossierFactory(
                campaign=world.campaign, unit=place.unit, number=number,
                **({trait: True} if trait else {}),
            )  # fmt: skip
            step = {3: {"status": "appraising"}, 4: _appraised(world)}.get(number, {})
            NominationFactory(
                dossier=dossier, form=form, achievement="", achievement_key="", summary="",
                candidate=CandidateFactory(unit=place.unit, name=next(names)),
                **step,
            )  # fmt: skip
            if number <= 2:
                AwardPaperFactory(dossier=dossier, stored=StoredFileFactory(on_disk=True))


def _appraised(world: Any) -> dict[str, Any]:
    return {
        "status": "appraised", "opinion": "recommended",
        "appraised_at": world.places["own"].version.created_at,
        "appraised_by": world.people["reviewer"],
    }  # fmt: skip


def _dossier(number: int) -> Any:
    return lambda world, scope: _of(world, scope, number).pk


def _of(world: Any, scope: str, number: int) -> Dossier:
    return Dossier.objects.get(unit=world.places[scope].unit, number=number)


def _nomination(number: int) -> Any:
    def value(world: Any, scope: str) -> int:
        return Nomination.objects.get(dossier=_of(world, scope, number)).pk

    return value


def _paper(number: int) -> Any:
    return lambda world, scope: _of(world, scope, number).papers.get().pk


def _nominee(world: Any, scope: str, principal: str) -> dict[str, Any]:
    return {
        "recipient": "individual", "name": "Người Mới", "form": AwardForm.objects.first().pk,
        "ground": "thematic", "position": "Chuyên viên",
    }  # fmt: skip


def _says(**typed: Any) -> Any:
    return lambda world, scope, principal: dict(typed)


WHY = _says(reason="Lý do")
BODIES = {
    "awards:nomination-add": _nominee,
    "awards:nomination-edit": _nominee,
    "awards:dossier-hand-back": WHY,
    "awards:dossier-withdraw": WHY,
    "awards:dossier-take-back": WHY,
    "awards:dossier-block-back": WHY,
    "awards:nomination-reason": WHY,
    "awards:nomination-reopen": WHY,
    "awards:dossier-return": _says(due="1/1/2099", note="Bổ sung"),
    "awards:paper-tick": _says(hop_le="1"),
    "awards:nomination-appraise": _says(opinion="recommended"),
    "awards:guideline-edit": _says(**{"rieng-TOTAL_FORMS": "0", "rieng-INITIAL_FORMS": "0"}),
}

VALUES = {
    **{f"awards:{name} pk": _dossier(1) for name in DRAFT_PAGES},
    **{f"awards:{name} pk": _nomination(1) for name in DRAFT_NOMINEE_PAGES},
    **{f"awards:{name} pk": _dossier(2) for name in SENT_PAGES},
    **{f"awards:{name} pk": _nomination(2) for name in SENT_NOMINEE_PAGES},
    **{
        f"awards:{name} pk": lambda world, scope: world.campaign.award_guidelines.get().pk
        for name in ("guideline", "guideline-edit", "guideline-issue")
    },
    "awards:paper pk": _paper(2),
    "awards:paper-tick pk": _paper(2),
    "awards:paper-remove pk": _paper(1),
    "awards:nomination-appraise pk": _nomination(3),
    "awards:nomination-reopen pk": _nomination(4),
    "awards:nomination-reason code": lambda world, scope: "R7",
    "awards:dossier-file which": lambda world, scope: "to-trinh",
    "awards:dossier-file kind": lambda world, scope: "docx",
    "awards:nomination-report kind": lambda world, scope: "docx",
    "awards:nominate-by-ranking pk": lambda world, scope: (
        world.places[scope].unit.ranking_rows.get().pk
    ),
}


def sing_awards(unit: Any, campaign: Any, word: Any) -> list[Nomination]:
    """A dossier of the unit that is being drafted and one that was sent, every text a word."""
    made = []
    for number, state in enumerate(("award_draft", "award_sent"), start=1):

        def say(field: str, kind: str = "nominee", state: str = state) -> str:
            return word(state, kind, field)

        dossier = DossierFactory(
            campaign=campaign, unit=unit, number=number, submitted=state == "award_sent",
            reason=say("reason"), council_notes=say("council notes"), signer_name=say("signer"),
        )  # fmt: skip
        candidate = CandidateFactory(
            unit=unit, name=say("name"), position=say("position"), workplace=say("workplace")
        )
        row = NominationFactory(
            dossier=dossier, candidate=candidate, summary=say("summary"),
            achievement=say("achievement"), initiative_name=say("initiative"),
            integrity="pending", integrity_note=say("integrity"),
        )  # fmt: skip
        content = f"%PDF-1.7\n{say('file')}\n%%EOF\n".encode()
        AwardPaperFactory(
            dossier=dossier, stored=StoredFileFactory(content=content, on_disk=True),
            name=f"{say('file name')}.pdf",
        )  # fmt: skip
        AuditEvent.objects.record(
            dossier, "drafting", by=dossier.created_by, at=dossier.created_at, label="Trả lại",
            note=say("handed back", "nominating"),
        )  # fmt: skip
        made.append(row)
    return made
