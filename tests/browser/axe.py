"""What axe finds wrong with the page on screen. Evaluated, because our CSP lets no script in."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


def violations(page):
    """One line for each rule broken, with the first element that breaks it."""
    page.evaluate(SOURCE.read_text())
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['target'][0]}" for rule in found]
