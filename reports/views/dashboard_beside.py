"""This campaign beside another one, on the same day of each; every number opens its list."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from awards.datasets.reception import SENT
from campaign.datasets.ledger import NOTHING, LedgerTotals
from lib.charts.marks import counted
from reports.datasets.dashboard.board import Board
from reports.datasets.dashboard.compare import FIGURES, Compared
from reports.datasets.dashboard.five import Five
from reports.datasets.dashboard.going import Going
from reports.views.dashboard_links import Links
from reports.views.dashboard_parts import rate_in_words
from units.models import Block


@dataclass(frozen=True)
class Beside:
    """One line: what it is, in this campaign, and in the other one."""

    label: str
    here: SafeString
    there: SafeString


def figures_beside(found: Board, links: Links, other: Compared) -> list[Beside]:
    here, there = found.five, other.five
    others = Links(other.view)

    def shown(five: Five, figure: str) -> str:
        if figure == "required_on_time":
            return rate_in_words(five.on_time_rate)
        if figure == "done":
            return rate_in_words(five.done_rate)
        return f"{five.sent}/{five.owed}" if figure == "sent" else str(getattr(five, figure))

    own = {
        "sent": links.ledger("da-gui"),
        "required_on_time": links.ledger("dung-han", level="phai-gui"),
        "done": links.activities("xong"),
        "uncovered": links.duties("chua-co"),
        "dossiers": links.dossiers(SENT),
    }
    return [
        Beside(
            label,
            counted(getattr(here, name), own[name], shown(here, name)),
            counted(getattr(there, name), others.compared(name), shown(there, name)),
        )
        for name, label in FIGURES.items()
    ]


@dataclass(frozen=True)
class BlockBeside:
    block: Block
    sent: Beside
    done: Beside


def blocks_beside(found: Board, links: Links, other: Compared) -> list[BlockBeside]:
    """The blocks of both, in protocol order; who was in no block then has nothing to stand by."""
    others = Links(other.view)
    beside = []
    for line in found.blocks:
        if line.block is None:
            continue
        code = line.block.code
        sent, going = (
            other.sent.get(line.block.pk, NOTHING),
            other.going.get(line.block.pk, Going()),
        )
        beside.append(
            BlockBeside(
                line.block,
                Beside(
                    "Đã nộp",
                    counted(line.totals.sent, links.ledger("da-gui", block=code), _of(line.totals)),
                    counted(sent.sent, others.compared("sent", code), _of(sent)),
                ),
                Beside(
                    "Hoàn thành",
                    counted(
                        line.going.done,
                        links.activities("xong", block=code),
                        rate_in_words(line.going.rate),
                    ),
                    counted(going.done, others.compared("done", code), rate_in_words(going.rate)),
                ),
            )
        )
    return beside


def _of(totals: LedgerTotals) -> str:
    return f"{totals.sent}/{totals.owed}"
