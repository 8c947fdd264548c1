"""What axe finds wrong with the page on screen. Evaluated, because our CSP lets no script in."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"

SIZES = [(1440, 900), (768, 1024), (360, 800)]
SCHEMES = ["light", "dark"]
STICKS_OUT = "document.documentElement.scrollWidth > innerWidth"


def violations(page):
    """One line for each rule broken, with the first element that breaks it."""
    page.evaluate(SOURCE.read_text())
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['target'][0]}" for rule in found]


def faults(page):
    """What is wrong at each size and scheme of the page that is open."""
    found = []
    for width, height in SIZES:
        for scheme in SCHEMES:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [(width, scheme, fault) for fault in violations(page)]
        if page.evaluate(STICKS_OUT):
            found.append((width, "sticks out"))
    return found
