"""The facts of a campaign's header, as far as the document says them."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from campaign.proposal import row as kinds
from campaign.proposal.row import Row

_CAMPAIGN = re.compile(
    r"(?:đợt|phong trào)\s+thi đua[^;,.“”]*?"
    r"(?:\s*“[^”]{1,120}”|(?=\s+(?:và|chào mừng|lập thành tích|kỷ niệm|năm|nhân|trên địa bàn|giai đoạn)\b|[;,.“”]|$))",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"(?:phát động|tổ chức|triển khai)(?: thực hiện)?\s+", re.IGNORECASE)
_LONGEST_NAME = 120
_QUOTED = re.compile(r"“\**(.+?)\**”")
_SENT_TO = re.compile(
    r"gửi[^;.]{0,80}?\s(?:về|cho|đến|tới)\s+(?P<who>(?:Sở|Ban|UBND|Văn phòng|Hội đồng|Thường trực)[^;.]*?)"
    r"\s*(?=chậm nhất|trước ngày|trước|để|trong|\()(?P<via>\(qua [^)]*\))?"
)
_ISSUES_SUB_PLANS = re.compile(r"kế hoạch", re.IGNORECASE)
_LONGEST = {
    "name": 200,
    "theme": 300,
    "receiver": 200,
    "place": 50,
    "issuer": 200,
    "document_type": 50,
}


def facts_of(read: Mapping[str, Any], rows: Iterable[Row]) -> dict[str, str]:
    """Dates as ISO; what the document does not say is empty, and asked of a person."""
    listed = list(rows)
    signed = read["signatory"] or {}
    year = (read["starts_on"] or read["ends_on"] or read["issued_on"] or "")[:4]
    due = _sub_plan_due(read)
    said = {
        "code": year,
        "name": _name(read["subject"] or "", year),
        "document_type": read["document_type"],
        "document_number": read["number"],
        "issued_on": read["issued_on"],
        "place": read["place"],
        "issuer": read["issuer"],
        "subject": read["subject"],
        "theme": _quoted(listed, kinds.THEME),
        "guiding_thought": _quoted(listed, kinds.THOUGHT),
        "starts_on": read["starts_on"],
        "ends_on": read["ends_on"],
        "sub_plan_due_date": due.get("on", ""),
        "receiver": _receiver(due.get("text", "")),
        "signer_position": " / ".join(
            filter(None, (signed.get("authority"), signed.get("position")))
        ),
        "signer_name": signed.get("name"),
    }
    return {name: (value or "")[: _LONGEST.get(name)] for name, value in said.items()}


def _name(subject: str, year: str) -> str:
    found = _CAMPAIGN.search(subject)
    said = found[0] if found else _BEGINS.sub("", subject, count=1)
    name = " ".join(said.split())
    if not name or len(name) > _LONGEST_NAME:
        return ""
    name = name[:1].upper() + name[1:]
    return f"{name} năm {year}" if year and year not in name else name


def _quoted(rows: Iterable[Row], kind: str) -> str:
    said = next((one.text for one in rows if one.kind == kind), "")
    found = _QUOTED.search(said)
    return found[1] if found else ""


def _sub_plan_due(read: Mapping[str, Any]) -> Mapping[str, str]:
    """The deadline for sending one's own plan, told by what is to be sent."""
    for one in read["deadlines"]:
        if one["on"] and "gửi" in one["text"].lower() and _ISSUES_SUB_PLANS.search(one["text"]):
            return {"on": one["on"], "text": one["text"]}
    return {}


def _receiver(text: str) -> str:
    found = _SENT_TO.search(text)
    return " ".join(filter(None, (found["who"].strip(), found["via"]))) if found else ""


def shifted(facts: Mapping[str, str], years: int) -> dict[str, str]:
    """The same campaign some years on: days move, numbers and signatures are another's."""
    moved = dict(facts)
    for name in ("starts_on", "ends_on", "sub_plan_due_date", "issued_on"):
        if moved.get(name):
            moved[name] = _shift(date.fromisoformat(moved[name]), years).isoformat()
    for name in ("name", "code", "subject"):
        moved[name] = re.sub(
            r"\b20\d\d\b", lambda found: str(int(found[0]) + years), moved.get(name, "")
        )
    return {**moved, "document_number": "", "signer_name": "", "signer_position": ""}


def _shift(day: date, years: int) -> date:
    """29 February becomes the 28th where the year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
