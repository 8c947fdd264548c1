"""Looking for the same achievement twice, and deciding on what was found.

`compare_sent` finds, on sending and by the clock; `require_decided` is what a dossier passes
before it is declared complete or appraised.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from awards import likeness
from awards.datasets.likeness import (
    NOMINATION,
    candidates,
    digest_of_pair,
    digests,
    key_of,
    not_yet_compared,
)
from awards.models import ComparedNomination, Dossier, Lookalike, Nomination
from awards.permissions import may_judge_pair

SHOWN = 5


def compare_sent(*, at: datetime, dossier: Dossier | None = None) -> int:
    """Compare what was sent since it was last compared, with everything there is.

    Returns how many nominations were compared; a second run right after compares none.
    """
    waiting = not_yet_compared()
    if dossier is not None:
        waiting = waiting.filter(dossier=dossier)
    mine = {key_of(row): row.pk for row in waiting.only("pk")}
    if mine:
        _compare(mine, at=at)
    return len(mine)


@transaction.atomic
def _compare(mine: dict[str, int], *, at: datetime) -> None:
    everybody = candidates()
    known = digests(everybody)
    for pair in likeness.pairs_of(mine, everybody):
        _note(pair, digest_of_pair(known[pair.one], known[pair.other]), at=at)
    _look_again(mine.values(), known, at=at)
    for pk in mine.values():
        ComparedNomination.objects.update_or_create(nomination_id=pk, defaults={"at": at})


def _note(pair: likeness.Pair, digest: str, *, at: datetime) -> None:
    """Of two nominations the newer one comes first; one side at least is a nomination."""
    sides = [key.split(":") for key in (pair.one, pair.other)]
    nominations = sorted((int(pk) for kind, pk in sides if kind == NOMINATION), reverse=True)
    awards = [int(pk) for kind, pk in sides if kind != NOMINATION]
    found = Lookalike.objects.filter(
        nomination=nominations[0],
        other=nominations[1] if not awards else None,
        past_award=awards[0] if awards else None,
    ).first() or Lookalike(
        nomination_id=nominations[0],
        other_id=nominations[1] if not awards else None,
        past_award_id=awards[0] if awards else None,
        found_at=at,
    )
    _take(found, pair.score, _as_stored(pair.reasons), digest, at=at)


def _take(
    pair: Lookalike, score: int, reasons: list[dict[str, object]], digest: str, *, at: datetime
) -> None:
    if pair.compare_again(score=score, reasons=reasons, digest=digest, at=at):
        AuditEvent.objects.record(
            pair, "reopened", by=None, at=at,
            label="Mở lại kết luận về trùng thành tích vì một bên đã sửa",
        )  # fmt: skip


def _as_stored(reasons: Collection[likeness.Reason]) -> list[dict[str, object]]:
    return [
        {"asks": reason.asks.name.lower(), "code": reason.code, "text": reason.text, "points": reason.points}
        for reason in reasons
    ]  # fmt: skip


def _look_again(nominations: Collection[int], known: dict[str, str], *, at: datetime) -> None:
    """Pairs found before that no longer reach the threshold: the change is noted, the pair stays."""
    rows = Nomination.objects.filter(pk__in=nominations)
    earlier = Lookalike.objects.of_nominations(rows).filter(compared_at__lt=at)
    for pair in earlier.select_related("nomination", "other", "past_award"):
        sides = [key_of(side) for side in (pair.nomination, pair.other, pair.past_award) if side]
        if all(side in known for side in sides):
            digest = digest_of_pair(*(known[side] for side in sides))
            reasons = [{"asks": "what", "code": "less", "text": LESS_ALIKE, "points": 0}]
            _take(pair, 0, reasons, digest, at=at)


LESS_ALIKE = "sau khi sửa, hai bên không còn giống nhau như khi được phát hiện"


def compare_everything_again() -> None:
    """Awards of before came in: whatever was sent may be one of them."""
    ComparedNomination.objects.all().delete()


def require_decided(dossier: Dossier, *, at: datetime) -> None:
    """Refuse to go on while a pair of the dossier waits for a person; never silently missed."""
    compare_sent(at=at, dossier=dossier)
    waiting = Lookalike.objects.waiting().of_dossier(dossier)
    pairs = list(waiting.with_sides().order_by("-score", "pk"))
    if pairs:
        refused = Refused(
            f"Hồ sơ còn {len(pairs)} cặp nghi trùng thành tích chưa có kết luận. "
            "Hãy kết luận từng cặp (trùng, không trùng hoặc giữ cả hai, kèm lý do) rồi làm tiếp."
        )
        refused.details = tuple(
            f"{pair.side_of(dossier).candidate.name}: {pair.in_words}" for pair in pairs[:SHOWN]
        )
        raise refused


@transaction.atomic
def judge_pair(
    pair: Lookalike, verdict: str, *, reason: str, digest: str, by: User, at: datetime
) -> None:
    """What Ban Thi đua decides, with a reason; deciding again replaces it and leaves both traces."""
    require(may_judge_pair(by, pair))
    pair.decide(verdict, reason=reason, digest=digest, by=by, at=at)
    label = pair.verdict.get_verdict_display() if pair.verdict else ""
    AuditEvent.objects.record(pair, "judged", by=by, at=at, label=f"Kết luận: {label}", note=reason)
