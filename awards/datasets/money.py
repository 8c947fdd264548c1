"""What an award is worth on a day, and who pays it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from awards.models import BaseSalary, Candidate, FormRecipient
from units.models import Unit, valid_on

# They pay from their own funds (domain 4.2); the money is told all the same.
OWN_FUNDS = {Unit.Group.ENTERPRISE, Unit.Group.BANK, Unit.Group.ARMED_FORCES}


@dataclass(frozen=True)
class Tariff:
    """Base salary and factors as they hold on the day of a decision."""

    base_salary: int | None
    basis: str
    factors: Mapping[tuple[str, str], Decimal | None]

    def factor(self, form_code: str, recipient: str) -> Decimal | None:
        return self.factors.get((form_code, recipient))


def tariff_on(day: date) -> Tariff:
    salary = BaseSalary.objects.on(day)
    rows = FormRecipient.objects.filter(valid_on(day, "form__"))
    factors = {
        (code, recipient): factor
        for code, recipient, factor in rows.values_list("form__code", "recipient", "factor")
    }
    if salary is None:
        return Tariff(None, "", factors)
    return Tariff(salary.amount, salary.legal_basis, factors)


def pays_own(candidate: Candidate) -> bool:
    return candidate.is_enterprise or candidate.unit.group in OWN_FUNDS
