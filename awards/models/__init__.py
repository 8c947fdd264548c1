"""The models of the awards, one file per noun."""

from awards.models.candidate import AnnualResult, Candidate, PersonalData
from awards.models.catalogue import (
    AwardForm,
    BaseSalary,
    EligibilityRule,
    FormRecipient,
    Ground,
    PaperKind,
    PaperTemplate,
    Recipient,
)
from awards.models.certificate import CertificateLayout, CertificateText
from awards.models.council import (
    AgendaItem,
    Attendance,
    Consultation,
    ConsultationOpinion,
    Meeting,
)
from awards.models.council_ballot import BallotChoice, CouncilBallot, CouncilVoter, PaperSlips
from awards.models.decision import Decision, Proposal
from awards.models.dossier import Dossier, DossierReturn
from awards.models.grant import Grant
from awards.models.guideline import (
    AwardGuideline,
    GuidelineForm,
    GuidelinePaper,
    GuidelineQuota,
)
from awards.models.history import DuplicateVerdict, PastAward, PastAwardImport
from awards.models.lookalike import ComparedNomination, Lookalike
from awards.models.nomination import AchievementSource, Nomination, ReturnReason, RuleReason
from awards.models.paper import AwardPaper

__all__ = [
    "AchievementSource",
    "AgendaItem",
    "AnnualResult",
    "Attendance",
    "AwardForm",
    "AwardGuideline",
    "AwardPaper",
    "BallotChoice",
    "BaseSalary",
    "Candidate",
    "CertificateLayout",
    "CertificateText",
    "ComparedNomination",
    "Consultation",
    "ConsultationOpinion",
    "CouncilBallot",
    "CouncilVoter",
    "Decision",
    "Dossier",
    "DossierReturn",
    "DuplicateVerdict",
    "EligibilityRule",
    "FormRecipient",
    "Grant",
    "Ground",
    "GuidelineForm",
    "GuidelinePaper",
    "GuidelineQuota",
    "Lookalike",
    "Meeting",
    "Nomination",
    "PaperKind",
    "PaperSlips",
    "PaperTemplate",
    "PastAward",
    "PastAwardImport",
    "PersonalData",
    "Proposal",
    "Recipient",
    "ReturnReason",
    "RuleReason",
]
