"""A plan as JSON: what leaves the confined process, and what `manage.py read_plan` prints."""

from datetime import date
from typing import Any

from campaign.reader.duties import Assigned
from campaign.reader.lines import Line, Source
from campaign.reader.plan import Plan, Sentence
from campaign.reader.tail import Signatory
from campaign.reader.tasks import Task


def source_lines(source: Source) -> list[list[Any]]:
    """The document as it is shown beside what was read: each line's number and its text."""
    return [
        [piece.number, piece.text if isinstance(piece, Line) else " | ".join(piece.cells)]
        for piece in source.pieces
    ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _signatory(one: Signatory | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"authority": one.authority, "position": one.position, "name": one.name}


def _signed_at(one: Signatory | None) -> dict[str, Any] | None:
    return {"titles": [one.line, one.last], "name": one.name_line} if one else None


def as_json(plan: Plan) -> dict[str, Any]:
    header = plan.header
    return {
        "document_type": header.document_type,
        "number": header.number,
        "issued_on": _day(header.issued_on),
        "place": header.place,
        "issuer": header.issuer,
        "subject": header.subject,
        "starts_on": _day(plan.window.starts_on),
        "ends_on": _day(plan.window.ends_on),
        "legal_bases": [
            {"text": one.text, "number": one.number, "issued_on": _day(one.issued_on), "issuer": one.issuer, "line": one.line}
            for one in plan.bases
        ],
        "header_lines": header.lines,
        "window": {"text": plan.window.text, "line": plan.window.line} if plan.window.line else None,
        "opening": [_sentence(one) for one in plan.opening],
        "bodies": [_sentence(one) for one in plan.bodies],
        "closing": [_sentence(one) for one in plan.closing],
        "sections": [{"code": one.code, "heading": one.heading, "line": one.line} for one in plan.sections],
        "items": [{"code": one.code, "text": one.text, "lines": list(one.lines)} for one in plan.items],
        "assignments": [_assignment(one) for one in plan.assignments],
        "tasks": [_task(one) for one in plan.tasks],
        "deadlines": [{"on": _day(one.on), "text": one.text, "line": one.line} for one in plan.deadlines],
        "recipients": plan.tail.recipients,
        "recipient_lines": plan.tail.lines,
        "signatory": _signatory(plan.tail.signatory),
        "signatory_lines": _signed_at(plan.tail.signatory),
        "recognised": plan.is_recognised,
        "warnings": [{"line": one.line, "message": one.message} for one in plan.warnings],
    }  # fmt: skip


def _sentence(one: Sentence) -> dict[str, Any]:
    return {"text": one.text, "lines": list(one.lines), "below": one.below}


def _assignment(one: Assigned) -> dict[str, Any]:
    return {
        "agency": one.agency,
        "section": one.section,
        "request": one.is_request,
        "line": one.line,
        "duties": [
            {
                "code": duty.code, "text": duty.text, "verb": duty.verb, "leads": duty.leads,
                "coordinators": duty.coordinators, "due_on": _day(duty.due_on), "lines": list(duty.lines),
            }
            for duty in one.duties
        ],
    }  # fmt: skip


def _task(one: Task) -> dict[str, Any]:
    return {
        "code": one.code, "text": one.text, "leads": one.leads, "coordinators": one.coordinators,
        "time": one.time, "due_on": _day(one.due_on), "lines": [one.first, one.last],
    }  # fmt: skip
