"""Nominations held against the rules: the facts of a whole dossier in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q

from awards.datasets.likeness import key_of, verdicts_of
from awards.eligibility import Award, Facts, Finding, Rule, Vote, Year, check, missing
from awards.eligibility.facts import KEPT, SAME
from awards.models import (
    AchievementSource,
    AnnualResult,
    AwardGuideline,
    AwardPaper,
    BallotChoice,
    Candidate,
    Dossier,
    DuplicateVerdict,
    EligibilityRule,
    Nomination,
    PastAward,
    Recipient,
    RuleReason,
)
from awards.models.catalogue import quorum_share
from awards.models.nomination import NominationQuerySet
from lib import clock

Verdict = DuplicateVerdict.Verdict
ELSEWHERE = "một hồ sơ khác"


@dataclass(frozen=True)
class Judged:
    """One nomination with what is missing in it and what the rules say."""

    nomination: Nomination
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def obstacles(self) -> int:
        """How many things stand between the nomination and the head's signature."""
        return len(self.missing) + sum(one.blocks for one in self.findings)

    @property
    def is_ready(self) -> bool:
        return not self.obstacles


def day_judged(dossier: Dossier, *, at: datetime) -> date:
    """Which day's rules hold: the letter's once it was sent, today before that."""
    if dossier.submitted_at is not None and dossier.letter_date is not None:
        return dossier.letter_date
    return clock.local_day(at)


def rules_in_force(on: date) -> list[Rule]:
    rows = EligibilityRule.objects.in_force(on=on).order_by("position", "pk")
    return [
        Rule(
            row.code, row.sentence, row.severity, row.legal_basis,
            row.valid_from, row.valid_to, row.settings,
        )
        for row in rows
    ]  # fmt: skip


def nominations_of(dossier: Dossier) -> list[Nomination]:
    rows = dossier.nominations.exclude(status=Nomination.Status.WITHDRAWN)
    return list(rows.select_related("candidate__unit", "form").in_order())


def judge(dossier: Dossier, nominations: Sequence[Nomination], *, at: datetime) -> list[Judged]:
    """In the order given; the dossier comes with `unit` and `campaign`."""
    on = day_judged(dossier, at=at)
    around = Around(dossier, nominations, on)
    rules = rules_in_force(on)
    judged = []
    for nomination in nominations:
        facts = around.facts(nomination)
        said = check(facts, rules, reasons=around.reasons[nomination.pk])
        judged.append(Judged(nomination, tuple(missing(facts)), tuple(said)))
    return judged


class Around:
    """What stands around the nominations of one dossier, read once for all of them."""

    def __init__(self, dossier: Dossier, nominations: Sequence[Nomination], on: date) -> None:
        self.dossier, self.nominations, self.on = dossier, nominations, on
        self.guideline = AwardGuideline.objects.in_force(dossier.campaign, on=on)
        self.twins = _twins([row.candidate for row in nominations])
        self.reasons: dict[int, dict[str, str]] = defaultdict(dict)
        for row in nominations:
            self.reasons[row.pk] = {}
        self._read_rows()
        self.others = self._awards()
        self.verdicts = _verdicts(nominations)
        self.initiatives = self._initiatives()

    def _read_rows(self) -> None:
        ids = [row.pk for row in self.nominations]
        reasons = RuleReason.objects.filter(nomination__in=ids)
        for nomination, code, reason in reasons.values_list("nomination", "rule_code", "reason"):
            self.reasons[nomination][code] = reason
        sources = AchievementSource.objects.filter(nomination__in=ids)
        self.sources = Counter(sources.values_list("nomination", flat=True))
        self.papers: dict[int | None, set[str]] = defaultdict(set)
        papers = AwardPaper.objects.current().filter(dossier=self.dossier)
        for nomination, kind in papers.values_list("nomination", "kind"):
            self.papers[nomination].add(kind)
        self.years: dict[int, list[Year]] = defaultdict(list)
        for row in AnnualResult.objects.filter(candidate__in=self.twins):
            self.years[self.twins[row.candidate_id]].append(_year(row))
        self.votes = {
            choice.nomination_id: choice
            for choice in BallotChoice.objects.filter(
                nomination__in=ids, votes__isnull=False
            ).select_related("ballot")
        }

    def _awards(self) -> dict[int, list[tuple[str, Award]]]:
        """By candidate: each other award with the key of what it is."""
        found: dict[int, list[tuple[str, Award]]] = defaultdict(list)
        rows = (
            self._known_nominations()
            .filter(candidate__in=self.twins)
            .select_related("form", "dossier__unit", "dossier__campaign", "grant__decision")
        )
        for row in rows:
            found[self.twins[row.candidate_id]].append((key_of(row), self._of_nomination(row)))
        by_name = {
            (one.name_key, one.unit_id): one.pk for one in (n.candidate for n in self.nominations)
        }
        same_name = Q(name_key__in={name for name, _ in by_name}, unit=self.dossier.unit_id)
        # What the portal itself decided is among the nominations already.
        past = PastAward.objects.filter(Q(candidate__in=self.twins) | same_name, grant=None)
        for before in past.select_related("form"):
            whose = self.twins.get(before.candidate_id or 0)
            whose = whose or by_name.get((before.name_key, before.unit_id or 0))
            if whose:
                found[whose].append((key_of(before), _of_past(before)))
        return found

    def _known_nominations(self) -> NominationQuerySet:
        """The unit's own, and what other units have sent: their drafts are nobody's business."""
        mine = Q(dossier__unit=self.dossier.unit_id)
        return Nomination.objects.live().filter(mine | Q(dossier__submitted_at__isnull=False))

    def _is_elsewhere(self, row: Nomination) -> bool:
        """A unit is told that another dossier has it, and neither whose nor who is in it."""
        return row.dossier.unit_id != self.dossier.unit_id

    def _initiatives(self) -> dict[str, list[tuple[int, str]]]:
        keys = {row.initiative_key for row in self.nominations if row.initiative_key}
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        if not keys:
            return found
        live = self._known_nominations().filter(initiative_key__in=keys)
        for row in live.select_related("candidate", "dossier"):
            where = ELSEWHERE if self._is_elsewhere(row) else f"đề nghị cho {row.candidate}"
            found[row.initiative_key].append((row.pk, where))
        for past in PastAward.objects.filter(initiative_key__in=keys):
            found[past.initiative_key].append((0, str(past)))
        return found

    def _of_nomination(self, row: Nomination) -> Award:
        grant = getattr(row, "grant", None)
        decided = grant.decision.decided_on if grant else None
        number, unit = row.dossier.number, row.dossier.unit
        where = ELSEWHERE if self._is_elsewhere(row) else f"hồ sơ số {number} của {unit}"
        return Award(
            row.form.name,
            row.form.code,
            decided.year if decided else row.dossier.campaign.year,
            row.ground,
            row.achieved_from,
            row.achieved_to,
            decided,
            row.form.is_provincial,
            row.dossier.campaign.code,
            where,
        )

    def facts(self, nomination: Nomination) -> Facts:
        form, candidate, dossier = nomination.form, nomination.candidate, self.dossier
        people = [
            row.candidate
            for row in self.nominations
            if row.candidate.recipient == Recipient.INDIVIDUAL
        ]
        guideline = self.guideline
        return Facts(
            on=self.on,
            form_code=form.code,
            form_name=form.name,
            recipient=candidate.recipient,
            ground=nomination.ground,
            is_thematic_form=form.is_thematic,
            is_provincial=form.is_provincial,
            ballot_required=form.ballot_required,
            threshold=_exact(form.ballot_threshold),
            quorum=quorum_share(form.ballot_quorum),
            campaign=dossier.campaign.code,
            name=candidate.name,
            gender=candidate.gender,
            rank=candidate.rank,
            women_share=_exact(candidate.women_share),
            is_enterprise=candidate.is_enterprise,
            in_unit=candidate.unit_id == dossier.unit_id,
            joined_on=candidate.joined_on,
            left_on=candidate.left_on,
            years=tuple(self.years[candidate.pk]),
            awards=tuple(
                replace(one, verdict=self.verdicts.get((nomination.pk, key), ""))
                for key, one in self.others[candidate.pk]
                if key != key_of(nomination)
            ),
            achieved_from=nomination.achieved_from,
            achieved_to=nomination.achieved_to,
            achievement=nomination.achievement,
            summary=nomination.summary,
            campaign_sources=self.sources[nomination.pk],
            initiative=nomination.initiative_name,
            initiative_used_by=tuple(
                where
                for pk, where in self.initiatives[nomination.initiative_key]
                if pk != nomination.pk
            ),
            integrity=nomination.integrity,
            integrity_note=nomination.integrity_note,
            discipline_ended_on=nomination.discipline_ended_on,
            papers=frozenset(self.papers[None] | self.papers[nomination.pk]),
            letter_date=dossier.letter_date,
            signer_name=dossier.signer_name,
            signer_position=dossier.signer_position,
            unit_valid_from=dossier.unit.valid_from,
            unit_valid_to=dossier.unit.valid_to,
            direct_workers=sum(one.is_direct_worker for one in people),
            individuals=len(people),
            proposed_by_form=Counter(row.form.code for row in self.nominations),
            vote=self._vote(nomination),
            minimum_direct_share=_exact(guideline.minimum_direct_share) if guideline else None,
            max_per_year=guideline.max_per_year if guideline else None,
            min_months_between=guideline.min_months_between if guideline else None,
        )

    def _vote(self, nomination: Nomination) -> Vote | None:
        choice = self.votes.get(nomination.pk)
        if choice is None or choice.votes is None:
            return None
        ballot = choice.ballot
        return Vote(choice.votes, ballot.members, ballot.slips or 0)


def _verdicts(nominations: Sequence[Nomination]) -> dict[tuple[int, str], str]:
    """In the words of the rules; two who are not the same one say nothing here."""
    rows = Nomination.objects.filter(pk__in=[row.pk for row in nominations])
    words = {Verdict.SAME_ACHIEVEMENT: SAME, Verdict.SAME_PERSON: KEPT}
    return {pair: words.get(Verdict(said), "") for pair, said in verdicts_of(rows).items()}


def _exact(share: Decimal | None) -> Fraction | None:
    return None if share is None else Fraction(share)


def _twins(candidates: Iterable[Candidate]) -> dict[int, int]:
    """Every row that stands for one of the candidates, with that candidate: a person who moved
    is two rows somebody has tied together."""
    known = {one.pk: one for one in candidates}
    heads = {one.same_as_id or one.pk: one.pk for one in known.values()}
    twins = Candidate.objects.filter(Q(pk__in=heads) | Q(same_as__in=heads))
    found = {
        pk: heads[head or pk]
        for pk, head in twins.values_list("pk", "same_as")
        if (head or pk) in heads
    }
    return found | {pk: pk for pk in known}


def _year(row: AnnualResult) -> Year:
    return Year(
        row.year, row.rating, row.initiatives, _exact(row.tasks_done),
        _exact(row.advanced_workers), row.has_base_fighter,
    )  # fmt: skip


def _of_past(row: PastAward) -> Award:
    where = f"Quyết định {row.decision_number}" if row.decision_number else f"năm {row.year}"
    return Award(
        row.form_name,
        row.form.code if row.form else "",
        row.year,
        row.ground,
        row.achieved_from,
        row.achieved_to,
        row.decided_on,
        row.form.is_provincial if row.form else row.decided_by == "province",
        "",
        where,
    )
