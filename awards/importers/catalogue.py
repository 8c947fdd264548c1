"""The catalogue of awards from `awards/data`: forms, base salary, templates, rules."""

import json
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db import transaction

from awards.eligibility import CHECKS
from awards.models import (
    AwardForm,
    BaseSalary,
    EligibilityRule,
    FormRecipient,
    Ground,
    PaperKind,
    PaperTemplate,
    Recipient,
)
from lib.datafile import Row, read_rows
from units.importers import Tally, put

FOLDER = Path(__file__).parent.parent / "data"
# In a column of factors: the award is for them, the factor is not known for certain.
UNKNOWN_FACTOR = "?"

FORM_COLUMNS = (
    "code", "kind", "name", "short_name", "decider", "decided_by", "legal_basis", "thematic",
    "thematic_note", "ballot", "threshold", "quorum", "ballot_basis",
    "individual", "collective", "household", "valid_from", "valid_to",
)  # fmt: skip
TEMPLATE_COLUMNS = (
    "kind", "ground", "recipient", "number", "legal_basis", "note", "valid_from", "valid_to",
)  # fmt: skip
RULE_COLUMNS = (
    "code", "sentence", "severity", "legal_basis", "settings", "valid_from", "valid_to",
)  # fmt: skip


@transaction.atomic
def load_catalogue(folder: Path = FOLDER) -> list[Tally]:
    """All of it; a second run changes nothing."""
    return [
        *_forms(folder / "forms.csv"),
        _salaries(folder / "base_salary.csv"),
        _templates(folder / "templates.csv"),
        _rules(folder / "rules.csv"),
    ]


def _start(row: Row) -> date:
    day = row.day("valid_from")
    if day is None:
        raise row.fault("thiếu “valid_from”.")
    return day


def _share(row: Row, column: str) -> Decimal | None:
    try:
        return Decimal(row.text(column)) if row.text(column) else None
    except InvalidOperation:
        raise row.fault(f"“{column}” phải là số, đang là “{row.text(column)}”.") from None


def _forms(path: Path) -> list[Tally]:
    forms, recipients = Tally("Danh hiệu, hình thức"), Tally("Đối tượng và mức thưởng")
    codes: list[str] = []
    for row in read_rows(path, FORM_COLUMNS):
        code = row.needed("code")
        if code not in codes:
            codes.append(code)
        values = {
            "kind": row.choice("kind", AwardForm.Kind.values),
            "name": row.needed("name"),
            "short_name": row.needed("short_name"),
            "decider": row.choice("decider", AwardForm.Decider.values),
            "decided_by": row.needed("decided_by"),
            "legal_basis": row.needed("legal_basis"),
            "is_thematic": row.flag("thematic"),
            "thematic_note": row.text("thematic_note"),
            "ballot_required": row.flag("ballot"),
            "ballot_threshold": _share(row, "threshold"),
            "ballot_quorum": row.text("quorum"),
            "ballot_basis": row.text("ballot_basis"),
            "position": codes.index(code) + 1,
            "valid_to": row.day("valid_to"),
        }
        form = put(AwardForm, {"code": code, "valid_from": _start(row)}, values, forms)
        for recipient in Recipient.values:
            if row.text(recipient):
                known = row.text(recipient) != UNKNOWN_FACTOR
                factor = {"factor": _share(row, recipient) if known else None}
                put(FormRecipient, {"form": form, "recipient": recipient}, factor, recipients)
    return [forms, recipients]


def _salaries(path: Path) -> Tally:
    tally = Tally("Lương cơ sở")
    for row in read_rows(path, ("valid_from", "amount", "legal_basis")):
        values = {"amount": row.whole("amount"), "legal_basis": row.needed("legal_basis")}
        put(BaseSalary, {"valid_from": _start(row)}, values, tally)
    return tally


def _templates(path: Path) -> Tally:
    tally = Tally("Mẫu văn bản")
    for row in read_rows(path, TEMPLATE_COLUMNS):
        key = {
            "kind": row.choice("kind", PaperKind.values),
            "ground": row.choice("ground", ["", *Ground.values]),
            "recipient": row.choice("recipient", ["", *Recipient.values]),
            "valid_from": _start(row),
        }
        values = {name: row.text(name) for name in ("number", "legal_basis", "note")}
        put(PaperTemplate, key, {**values, "valid_to": row.day("valid_to")}, tally)
    return tally


def _rules(path: Path) -> Tally:
    tally = Tally("Điều kiện xét khen thưởng")
    for position, row in enumerate(read_rows(path, RULE_COLUMNS), start=1):
        values = {
            "sentence": row.needed("sentence"),
            "severity": row.choice("severity", EligibilityRule.Severity.values),
            "legal_basis": row.needed("legal_basis"),
            "settings": _settings(row),
            "position": position,
            "valid_to": row.day("valid_to"),
        }
        key = {"code": row.choice("code", CHECKS), "valid_from": _start(row)}
        put(EligibilityRule, key, values, tally)
    return tally


def _settings(row: Row) -> dict[str, Any]:
    try:
        settings: dict[str, Any] = json.loads(row.text("settings"))
    except ValueError as problem:
        raise row.fault(f"“settings” không đọc được ({problem}).") from problem
    return settings
