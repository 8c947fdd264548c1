"""The lists behind the numbers of a part of the province: those of the whole, narrowed."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from reports.views.dashboard_links import Links, as_of

UNCOVERED = "#chua-co-hoat-dong"


@dataclass(frozen=True)
class BlockLinks(Links):
    """Of one block; a part of the page itself where that is the list."""

    code: str = ""

    def ledger(
        self, state: str = "", *, block: str = "", level: str = "", sent: tuple[date, date] | None = None
    ) -> str:  # fmt: skip
        return super().ledger(state, block=self.code, level=level, sent=sent)

    def activities(self, state: str = "con", *, block: str = "", lead: str = "") -> str:
        return super().activities(state, block=self.code, lead=lead)

    def duties(self, state: str = "") -> str:
        return UNCOVERED


@dataclass(frozen=True)
class PartLinks(Links):
    """Of units and of rows of the plan."""

    def unit(self, code: str) -> str:
        return self.page("overview-unit", code)

    def item(self, code: str) -> str:
        return self.page("overview-item", code)

    def page(self, name: str, code: str) -> str:
        """A page of Tổng quan as of the same day."""
        return reverse(f"reports:{name}", args=[code]) + as_of(self.view)

    def registered_of(self, *, unit: str = "", item: str = "") -> str:
        return self._to("reports:activities", {"don_vi": unit, "muc": item})

    def followed(
        self, state: str = "con", *, unit: str = "", item: str = "", done_by: date | None = None
    ) -> str:
        asked = {"trang_thai": state, "chu_tri": unit, "muc": item}
        if done_by:
            asked["xong_den"] = done_by.isoformat()
        return self._to("campaign:activities", asked)
