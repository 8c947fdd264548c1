"""What the province asks for where the nation asks for nothing (R11): a setting of that rule."""

from datetime import date
from decimal import Decimal

from awards.models import EligibilityRule


def provincial_threshold(day: date) -> Decimal | None:
    """In percent of all members; nothing until the province has set it."""
    rule = EligibilityRule.objects.in_force(on=day).filter(code="R11").first()
    value = rule.settings.get("threshold") if rule else None
    return Decimal(str(value)) if value is not None else None
