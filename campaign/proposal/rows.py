"""What was read, as the coded rows a plan consists of.

The text of a row is the document's own, mark included, where its lines hold nothing else; else
what the reader made of them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from campaign.proposal import row as kinds
from campaign.proposal.parts import CONTENTS, OTHER, kind_of, part_of
from campaign.proposal.row import Row
from campaign.reader.dates import first_day

# What the reader printed: `campaign.reader.record.as_json`.
Read = Mapping[str, Any]
Source = Sequence[Sequence[Any]]

_DASH = re.compile(r"^\s*[-–—•+*]\s+")
# Between the cells of a table's row, as the document is shown: `campaign.reader.record`.
_CELL = " | "
_ASIDE = re.compile(r"[*_\s]+")
_THEME = re.compile(r"(?:\w\)|\d+\.|-)?\s*Chủ đề[^:“]{0,60}:", re.IGNORECASE)
_THOUGHT = re.compile(r"(?:\w\)|\d+\.|-)?\s*Tư tưởng chỉ đạo[^:“]{0,60}:", re.IGNORECASE)
_YEARS = re.compile(r"\b\d{1,3} năm (?!học\b|tới\b|qua\b|\d)[^;,]+?(?=;|,| và \d{1,3} năm|$)")
_CITED = re.compile(
    r"(?:Quyết định|Kế hoạch|Nghị quyết|Nghị định|Chỉ thị|Công văn|Hướng dẫn|Thông tư|Chương trình) số "
    r"\d{1,5}(?:/\d{4})?[-/][A-ZĐ][\w.&/-]*\w(?: ngày \d{1,2}/\d{1,2}/\d{4})?"
)
_LONGEST_HEADING, _LONGEST_REFERENCES, _LONGEST_DATES = 500, 300, 60


def rows_of(read: Read, source: Source) -> list[Row]:
    """In the order of the document; each code stands once."""
    lines = {int(number): str(text) for number, text in source}
    made = [
        *_document(read, lines),
        *_bases(read, lines),
        *_sentences(read["opening"], lines, "MD", kinds.PREAMBLE, "Mở đầu", start=0),
        *_body(read, lines),
        *_sentences(read["closing"], lines, "KL", kinds.CLOSING, "Đoạn kết (không đánh số)"),
        *_recipients(read, lines),
        *_signature(read, lines),
    ]
    return [_short(row) for row in _with_days(_distinct(made), read)]


def _short(row: Row) -> Row:
    """“Điều 4.1” as a code is Đ4.1: a code stands in addresses and has no spaces."""
    return replace(row, code=_coded(row.code), parent=_coded(row.parent))


def _coded(code: str) -> str:
    return "".join(code.replace("Điều ", "Đ").split())


def issued(text: str, first: int, last: int, lines: Mapping[int, str]) -> str:
    """The text of a row to the letter, dash aside; line breaks were the page's."""
    raw = " ".join(
        said for number in range(first, last + 1) if (said := lines.get(number, "").strip())
    )
    printed = _DASH.sub("", " ".join(raw.split()))
    return printed if _bare(printed).endswith(_bare(text)) and text.strip() else text


def _bare(text: str) -> str:
    return _ASIDE.sub("", text)


# --- what stands around the body ----------------------------------------------------------------


def _document(read: Read, lines: Mapping[int, str]) -> Iterator[Row]:
    at = read["header_lines"]
    facts = (
        ("HD.1", "Địa danh, ngày ban hành", "issued_on", read["issued_on"] or ""),
        ("HD.2", "Tên loại", "document_type", ""),
        ("HD.3", "Trích yếu", "subject", ""),
    )
    for code, heading, name, dates in facts:
        if read[name] and name in at:
            line = at[name]
            said = lines.get(line, "").strip(" *_#") if name != "subject" else read[name]
            text = said or read[name]
            yield Row(code, kinds.DOCUMENT, text, line, line, heading=heading, dates=dates)
    for place, found in enumerate(_YEARS.finditer(read["subject"] or ""), start=1):
        line = at.get("subject", 0)
        yield Row(
            f"KN.{place}", kinds.ANNIVERSARY, found[0].strip(), line, line,
            heading="Sự kiện kỷ niệm", parent="HD.3",
        )  # fmt: skip


def _bases(read: Read, lines: Mapping[int, str]) -> Iterator[Row]:
    told = [one["line"] for one in read["legal_bases"]]
    for place, one in enumerate(read["legal_bases"], start=1):
        line, text = one["line"], one["text"]
        alone = told.count(line) == 1
        whole = lines.get(line, "").strip() if alone else ""
        number = one["number"] or ""
        yield Row(
            f"CC.{place}", kinds.LEGAL_BASIS, whole if text in whole else text, line, line,
            heading="Căn cứ", dates=one["issued_on"] or "",
            legal_references=text[: text.index(number) + len(number)][:_LONGEST_REFERENCES] if number in text and number else "",
            note=f"Cơ quan ban hành: {one['issuer']}" if one["issuer"] else "",
        )  # fmt: skip


def _sentences(
    said: Iterable[Mapping[str, Any]], lines: Mapping[int, str], prefix: str, kind: str,
    heading: str, *, start: int = 1,
) -> Iterator[Row]:  # fmt: skip
    for place, one in enumerate(said, start=start):
        first, last = one["lines"]
        yield Row(f"{prefix}.{place}", kind, one["text"], first, last, heading=heading)


def _recipients(read: Read, lines: Mapping[int, str]) -> Iterator[Row]:
    listed = zip(read["recipients"], read["recipient_lines"], strict=True)
    for place, (text, line) in enumerate(listed, start=1):
        printed = _DASH.sub("", lines.get(line, "").strip())
        yield Row(
            f"NN.{place}", kinds.RECIPIENT, printed if printed.startswith(text) else text,
            line, line, heading="Nơi nhận",
        )  # fmt: skip


def _signature(read: Read, lines: Mapping[int, str]) -> Iterator[Row]:
    signed, at = read["signatory"], read["signatory_lines"]
    if not signed:
        return
    first, last = at["titles"]
    titles = [said for number in range(first, last + 1) if (said := lines.get(number, "").strip())]
    if titles and (signed["authority"] or signed["position"]):
        yield Row(
            "KY.1", kinds.SIGNATURE, " / ".join(titles), first, last, heading="Chức vụ người ký"
        )
    if signed["name"]:
        line = at["name"]
        yield Row("KY.2", kinds.SIGNATURE, signed["name"], line, line, heading="Họ tên người ký")


# --- the body -----------------------------------------------------------------------------------


def _body(read: Read, lines: Mapping[int, str]) -> list[Row]:
    duties = [*_duties(read, lines), *_tasks(read, lines)]
    taken = {one.code for one in duties}
    addressees = {one["section"]: one for one in read["assignments"]}
    headings = _headings(read, lines)
    unmarked: dict[str, list[Mapping[str, Any]]] = {}
    for one in read["bodies"]:
        unmarked.setdefault(one["below"], []).append(one)
    made = [
        _heading_row(code, text, line, addressees, unmarked, read["window"])
        for code, (text, line) in headings.items()
        if "." in code or code in addressees or code in unmarked
    ]
    made += [
        _item_row(one, lines, read["window"]) for one in read["items"] if one["code"] not in taken
    ]
    ordered = sorted([*made, *duties], key=lambda one: (one.first, one.code.count("."), one.last))
    return list(_placed(ordered, headings))


def _headings(read: Read, lines: Mapping[int, str]) -> dict[str, tuple[str, int]]:
    """Each section's heading as printed; one that goes on with its duty ends before it."""
    spoken = {
        one["section"]: one["duties"][0]["text"]
        for one in read["assignments"]
        if one["duties"] and one["duties"][0]["lines"][0] == one["line"]
    }
    made = {}
    for one in read["sections"]:
        printed = lines.get(one["line"], "").strip(" *_#") or one["heading"]
        if said := spoken.get(one["code"]):
            printed = printed.removesuffix(said).rstrip(" :")
        if _CELL in printed or _bare(one["heading"]).lower() not in _bare(printed).lower():
            printed = one["heading"]
        made[one["code"]] = (printed, one["line"])
    return made


def _heading_row(
    code: str, text: str, line: int, addressees: Mapping[str, Any],
    unmarked: Mapping[str, Sequence[Mapping[str, Any]]], window: Read | None,
) -> Row:  # fmt: skip
    below = unmarked.get(code, ())
    said = "\n".join([text, *(one["text"] for one in below)])
    last = max([line, *(one["lines"][1] for one in below)])
    kind = kinds.ADDRESSEE if code in addressees else ""
    if (
        window
        and not kind
        and any(one["lines"][0] <= window["line"] <= one["lines"][1] for one in below)
    ):
        return Row(code, kinds.WINDOW, said, line, last)
    return Row(code, kind, said, line, line if kind else last)


def _item_row(one: Mapping[str, Any], lines: Mapping[int, str], window: Read | None) -> Row:
    first, last = one["lines"]
    text = issued(one["text"], first, last, lines)
    kind = "item"
    if window and first <= window["line"] <= last:
        kind = kinds.WINDOW
    elif _THEME.match(text) and "“" in text:
        kind = kinds.THEME
    elif _THOUGHT.match(text) and "“" in text:
        kind = kinds.THOUGHT
    cited = [*_CITED.finditer(text)]
    days = [day.isoformat() for found in cited if (day := first_day(found[0]))]
    return Row(
        one["code"], kind, text, first, last, dates=";".join(days)[:_LONGEST_DATES],
        legal_references="; ".join(found[0] for found in cited)[:_LONGEST_REFERENCES],
    )  # fmt: skip


def _duties(read: Read, lines: Mapping[int, str]) -> Iterator[Row]:
    for given in read["assignments"]:
        for one in given["duties"]:
            first, last = one["lines"]
            leads = tuple(one["leads"])
            yield Row(
                one["code"], kinds.DUTY, _own_text(one["text"], first, last, given["line"], lines),
                first, last, parent=given["section"], verb=one["verb"],
                is_request=given["request"], basis="explicit" if leads else "not_stated",
                assignees=(given["agency"],), leads=leads,
                coordinators=tuple(one["coordinators"]), dates=one["due_on"] or "",
            )  # fmt: skip


def _own_text(text: str, first: int, last: int, heading: int, lines: Mapping[int, str]) -> str:
    """Where a duty goes on from the name in the line of the heading, the name is no part of it."""
    return text if first == heading or "\n" in text else issued(text, first, last, lines)


def _tasks(read: Read, lines: Mapping[int, str]) -> Iterator[Row]:
    for one in read["tasks"]:
        first, last = one["lines"]
        leads = tuple(one["leads"])
        yield Row(
            one["code"], kinds.DUTY, one["text"], first, last, verb="lead" if leads else "carry_out",
            basis="explicit" if leads else "not_stated", assignees=leads, leads=leads,
            coordinators=tuple(one["coordinators"]), dates=one["due_on"] or "",
            date_note=one["time"] or "",
        )  # fmt: skip


def _placed(rows: Sequence[Row], headings: Mapping[str, tuple[str, int]]) -> Iterator[Row]:
    """Each row under its heading, with the kind its part gives it."""
    known = {one.code: one for one in rows}
    thoughts = {one.code for one in rows if one.kind == kinds.THOUGHT}
    for one in rows:
        above = _above(one.code, known, headings)
        part_code = _part(one.code, headings)
        part = part_of(headings[part_code][0]) if part_code else OTHER
        depth = one.code.count(".") - part_code.count(".")
        heading = headings[part_code if part == CONTENTS else above][0] if above else ""
        kind = one.kind
        if kind in {"", "item"}:
            kind = kind_of(part, depth, is_heading=not one.kind)
        if above in thoughts or (part == CONTENTS and _under(one.code, thoughts)):
            kind = kinds.THOUGHT_PART
        parent = one.parent or next((code for code in _stems(one.code) if code in known), "")
        yield replace(
            one, kind=kind, parent=parent if parent in known else "",
            heading=(heading or one.heading)[:_LONGEST_HEADING],
        )  # fmt: skip


def _under(code: str, above: set[str]) -> bool:
    return any(stem in above for stem in _stems(code))


def _stems(code: str) -> Iterator[str]:
    """The codes above, nearest first."""
    while "." in code:
        code = code.rpartition(".")[0]
        yield code


def _above(code: str, known: Mapping[str, Row], headings: Mapping[str, Any]) -> str:
    return next(
        (stem for stem in _stems(code) if stem in headings), code if code in headings else ""
    )


def _part(code: str, headings: Mapping[str, Any]) -> str:
    """The outermost heading a code stands under, itself included."""
    return next((one for one in (*[*_stems(code)][::-1], code) if one in headings), "")


# --- the whole ----------------------------------------------------------------------------------


def _distinct(rows: Iterable[Row]) -> Iterator[Row]:
    """A code that comes again, as numbering that starts anew does, gets a letter behind it."""
    seen: set[str] = set()
    for one in rows:
        code, letter = one.code, "b"
        while code in seen:
            code, letter = f"{one.code}{letter}", chr(ord(letter) + 1)
        seen.add(code)
        yield one if code == one.code else replace(one, code=code)


def _with_days(rows: Iterable[Row], read: Read) -> Iterator[Row]:
    """A row in whose lines a deadline stands has its day; the window has its two."""
    window = "/".join(day for day in (read["starts_on"], read["ends_on"]) if day)
    for one in rows:
        days = {
            due["on"]
            for due in read["deadlines"]
            if due["on"] and one.first <= due["line"] <= one.last and due["text"] in one.text
        }
        if one.kind == kinds.WINDOW:
            yield replace(one, dates=window)
        elif one.dates or not days:
            yield one
        else:
            yield replace(one, dates=";".join(sorted(days))[:_LONGEST_DATES])
