"""What axe finds wrong on the page that is open."""

from tests.portal import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


def violations(page):
    """Rule and first place of each fault; by `evaluate`, since our pages refuse foreign scripts."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("async () => (await axe.run()).violations")
    return [(fault["id"], fault["nodes"][0]["html"]) for fault in found]
