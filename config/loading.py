"""Put the bundled campaign and the demonstration data into an empty portal, once."""

from pathlib import Path

from django.core.management import call_command, get_commands

from campaign.models import Campaign
from lib import clock

REAL = ("load_units", "load_campaign", "load_packages", "load_awards")
DEMONSTRATION = ("demo",)


def load_once(folder: Path, *, with_demonstration: bool) -> bool:
    """Load where there is no campaign yet; a load that was interrupted is done again in full.

    Every loader can run twice, so the mark left in the folder is enough to know.
    """
    unfinished = folder / "loading"
    if Campaign.objects.exists() and not unfinished.exists():
        return False
    unfinished.write_text(clock.now().isoformat())
    known = get_commands()
    for name in REAL + (DEMONSTRATION if with_demonstration else ()):
        if name in known:
            call_command(name)
    unfinished.unlink()
    return True
