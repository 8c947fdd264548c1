"""The list each number of the dashboard opens: the same conditions, as of the same day."""

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from campaign.datasets.ledger import WITHOUT_BLOCK
from reports.datasets.dashboard.viewpoint import Viewpoint
from units.models import Block


def code_of(block: Block | None) -> str:
    return block.code if block else WITHOUT_BLOCK


def as_of(view: Viewpoint) -> str:
    """What keeps an address within Tổng quan at the day that is looked at."""
    return f"?luc={view.day.isoformat()}" if view.by is not None else ""


@dataclass(frozen=True)
class Links:
    """Addresses of the lists, for one viewpoint. A page asks for hundreds, so each list's own is
    looked up once."""

    view: Viewpoint
    known: dict[str, str] = field(default_factory=dict, init=False, compare=False)

    def _to(self, name: str, asked: dict[str, str]) -> str:
        if self.view.by is not None:
            asked["luc"] = self.view.day.isoformat()
        query = urlencode({key: value for key, value in asked.items() if value})
        if name not in self.known:
            self.known[name] = reverse(name)
        return f"{self.known[name]}?{query}" if query else self.known[name]

    def ledger(
        self, state: str = "", *, block: str = "", level: str = "", sent: tuple[date, date] | None = None
    ) -> str:  # fmt: skip
        asked = {"trang_thai": state, "khoi": block, "muc_do": level}
        if sent:
            asked |= {"gui_tu": sent[0].isoformat(), "gui_den": sent[1].isoformat()}
        return self._to("campaign:sub-plans", asked)

    def activities(self, state: str = "con", *, block: str = "", lead: str = "") -> str:
        """As they go on; without those cancelled unless a state is asked for."""
        return self._to(
            "campaign:activities", {"trang_thai": state, "khoi": block, "chu_tri": lead}
        )

    def registered(self, *, item: str = "", block: str = "") -> str:
        return self._to("reports:activities", {"muc": item, "khoi": block})

    def duties(self, state: str = "") -> str:
        return self._to("reports:duties", {"trang_thai": state})

    def scored(self, block: str = "") -> str:
        return self._to("reports:scored", {"khoi": block})

    def changes(self, kind: str) -> str:
        return self._to("reports:changes", {"loai": kind})

    def dossiers(self, stage: str) -> str:
        return self._to("awards:dossiers", {"giai_doan": stage})

    def compared(self, figure: str, block: str = "") -> str:
        """A figure of a campaign that is not the current one: its lists are not the portal's."""
        asked = {
            "dot": self.view.campaign.code, "so": figure, "khoi": block,
            "ngay": self.view.day.isoformat(),
        }  # fmt: skip
        query = urlencode({key: value for key, value in asked.items() if value})
        return f"{reverse('reports:compared')}?{query}"
