"""Nominations and awards of before as likeness compares them, and what is known of their pairs.

Birth dates and identity numbers are read here to be compared; nothing that leaves this module
shows one.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from awards import likeness
from awards.models import (
    AwardPaper,
    Dossier,
    Grant,
    Lookalike,
    Nomination,
    PaperKind,
    PastAward,
    PersonalData,
)
from awards.models.nomination import NominationQuerySet
from units.datasets import line_of, unit_lines

NOMINATION, PAST_AWARD = "nomination", "past_award"
UNIT_IS_TOLD = "Có thể trùng với một hồ sơ khác, Ban Thi đua - Khen thưởng sẽ xem."

Lines = Mapping[int, frozenset[int]]


def key_of(side: Nomination | PastAward) -> str:
    kind = NOMINATION if isinstance(side, Nomination) else PAST_AWARD
    return f"{kind}:{side.pk}"


def compared_nominations() -> NominationQuerySet:
    """What was sent and still stands, of every campaign."""
    return Nomination.objects.sent().live()


def not_yet_compared() -> NominationQuerySet:
    """Sent, or sent again, since they were last compared."""
    return compared_nominations().filter(
        Q(compared=None) | Q(compared__at__lt=F("dossier__last_submitted_at"))
    )


def candidates() -> list[likeness.Candidate]:
    """Everything that can be one side of a pair, in a fixed number of queries."""
    lines = unit_lines()
    return [*_nominations(lines), *_past_awards(lines)]


def digests(rows: Iterable[likeness.Candidate]) -> dict[str, str]:
    """By key, of what was compared: when it changes, what was decided is open again."""
    return {row.key: hashlib.sha256(_compared(row).encode()).hexdigest() for row in rows}


def digest_of_pair(one: str, other: str) -> str:
    return hashlib.sha256("".join(sorted((one, other))).encode()).hexdigest()


def _compared(row: likeness.Candidate) -> str:
    # A unit's line grows when units are merged; that alone changes nothing about the two.
    values = asdict(row) | {"line": None, "kind": row.kind.value, "files": sorted(row.files)}
    return repr(sorted(values.items()))


def _nominations(lines: Lines) -> list[likeness.Candidate]:
    rows = compared_nominations().select_related("candidate", "dossier").order_by("pk")
    personal = {data.candidate_id: data for data in PersonalData.objects.all()}
    files = _files_of_nominations()
    return [_nomination(row, personal.get(row.candidate_id), files, lines) for row in rows]


def _nomination(
    row: Nomination,
    personal: PersonalData | None,
    files: Mapping[int, set[str]],
    lines: Lines,
) -> likeness.Candidate:
    return likeness.Candidate(
        key=key_of(row),
        kind=KINDS[row.candidate.recipient],
        name=row.candidate.name,
        born=personal.birth_date if personal else None,
        identity=personal.id_number if personal else "",
        theme=str(row.dossier.campaign_id),
        since=row.achieved_from,
        until=row.achieved_to,
        account=row.achievement or row.summary,
        initiative=row.initiative_name,
        files=frozenset(files.get(row.pk, ())),
        **_place(row.candidate.unit_id, lines),
    )


KINDS = {
    "individual": likeness.Kind.PERSON,
    "collective": likeness.Kind.COLLECTIVE,
    "household": likeness.Kind.HOUSEHOLD,
}


def _files_of_nominations() -> dict[int, set[str]]:
    """Papers of one nominee; the letter and the minutes are shared by the whole list."""
    shared = [PaperKind.LETTER, PaperKind.MINUTES, PaperKind.BALLOT]
    papers = AwardPaper.objects.current().filter(
        nomination__isnull=False, origin=AwardPaper.Origin.UPLOADED
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for pk, sha256 in papers.exclude(kind__in=shared).values_list(
        "nomination_id", "stored__sha256"
    ):
        if pk is not None:
            found[pk].add(sha256)
    return found


def _past_awards(lines: Lines) -> list[likeness.Candidate]:
    # What a decision of the portal gave is there as its nomination already.
    ours = Grant.objects.filter(
        nomination__candidate=OuterRef("candidate"), decision__number=OuterRef("decision_number")
    )
    return [
        likeness.Candidate(
            key=key_of(row),
            kind=KINDS[row.recipient],
            name=row.name,
            since=row.achieved_from or date(row.year, 1, 1),
            until=row.achieved_to or date(row.year, 12, 31),
            account=row.achievement,
            initiative=row.initiative_name,
            **_place(row.unit_id, lines),
        )
        for row in PastAward.objects.exclude(Exists(ours)).order_by("pk")
    ]


def _place(unit: int | None, lines: Lines) -> dict[str, Any]:
    if unit is None:
        return {}
    return {"unit": str(unit), "line": frozenset(map(str, line_of(unit, lines)))}


# --- What is known ----------------------------------------------------------------------------


def told_to_unit(dossier: Dossier) -> dict[int, str]:
    """By nomination of the dossier, the one sentence its unit is told while nobody has decided.

    Of the other side it says nothing, whoever it is.
    """
    mine = set(Nomination.objects.filter(dossier=dossier).values_list("pk", flat=True))
    pairs = Lookalike.objects.waiting().of_dossier(dossier)
    sides = {pk for pair in pairs.values_list("nomination", "other") for pk in pair}
    return dict.fromkeys(sorted(mine & sides), UNIT_IS_TOLD)


def lookalikes_of(user: User, dossier: Dossier) -> list[Lookalike]:
    """The pairs of a dossier that wait for a verdict, for who may see them."""
    waiting = Lookalike.objects.visible_to(user).waiting().of_dossier(dossier)
    return list(waiting.with_sides().order_by("-score", "pk"))


def waiting_for_board() -> int:
    """How many pairs wait for Ban Thi đua, for the page it starts from."""
    return Lookalike.objects.waiting().count()


def verdicts_of(nominations: QuerySet[Nomination]) -> dict[tuple[int, str], str]:
    """By nomination and the key of its other side, what was concluded and holds (R1)."""
    pairs = Lookalike.objects.of_nominations(nominations).exclude(verdict=None)
    found = {}
    for pair in pairs.select_related("nomination", "other", "past_award", "verdict"):
        verdict = pair.verdict.verdict if pair.verdict else ""
        for side, against in _directions(pair):
            found[side.pk, key_of(against)] = verdict
    return found


def _directions(pair: Lookalike) -> list[tuple[Nomination, Nomination | PastAward]]:
    if pair.other is None:
        return [(pair.nomination, pair.past_award)] if pair.past_award else []
    return [(pair.nomination, pair.other), (pair.other, pair.nomination)]
