"""The workbook that goes out: what may be filled in is open, everything else is locked."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.core import signing
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lib.roundtrip.model import MARK, SALT, Field, FieldKind, Filled, Form, Identity, Line, typed
from lib.sheet import (
    ALWAYS_CREATED,
    CELL,
    FONT,
    Sheet,
    set_up_print,
    write_sheet,
)
from lib.sheet_table import taken_as_text

_LEAVE_ALONE = "Trang này để Cổng nhận ra tệp. Xin không sửa, không xóa."
_LOCKED_LOOK = {"bg_color": "#F1EFEC", "locked": True}
_INPUT_LOOK = {"bg_color": "#FFFDF0", "locked": False}
_MAY_STILL = {"format_columns": True, "format_rows": True}
_SHAPES: dict[FieldKind, str] = {"text": "@", "integer": "#,##0", "decimal": "General", "day": "@"}
_LINE_HEIGHT = 16
_LONGEST_LIST = 255  # characters, with commas between the values
_MOST_LINES = 25  # as high as a row may be


def write(identity: Identity, forms: Sequence[Form], lists: Sequence[Sheet] = ()) -> bytes:
    """The workbook: pages to fill in, pages to pick from, and the hidden identity."""
    content = BytesIO()
    workbook = xlsxwriter.Workbook(
        content, {"in_memory": True, "default_format_properties": FONT}
    )  # fmt: skip
    workbook.set_properties({"created": ALWAYS_CREATED})
    looks = _Looks(workbook)
    for form in forms:
        _write_form(workbook.add_worksheet(form.title), form, looks)
    for page in lists:
        write_sheet(workbook, page).protect()
    _write_identity(workbook.add_worksheet(MARK), identity)
    workbook.close()
    return content.getvalue()


def _write_identity(page: Worksheet, identity: Identity) -> None:
    signed = signing.dumps(asdict(identity), salt=SALT, compress=True)
    for row, text in enumerate((MARK, signed, _LEAVE_ALONE)):
        page.write_string(row, 0, text)
    page.protect()
    page.very_hidden()


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._cells: dict[tuple[str, bool, FieldKind], Format] = {}
        middle = {"align": "center", "valign": "vcenter", "text_wrap": True}
        self.header: Format = workbook.add_format(
            {**CELL, **middle, "bold": True, "bg_color": "#D9E2EC"}
        )
        self.title: Format = workbook.add_format({**FONT, "font_size": 14, "bold": True})
        self.note: Format = workbook.add_format({**FONT, "italic": True})

    def cell(self, line: str, is_input: bool, kind: FieldKind) -> Format:
        known = self._cells.get((line, is_input, kind))
        if known is None:
            look = {
                **CELL,
                **(_INPUT_LOOK if is_input else _LOCKED_LOOK),
                "num_format": _SHAPES[kind],
                "text_wrap": kind == "text",
                "bold": line == "group",
            }
            known = self._cells[line, is_input, kind] = self._workbook.add_format(look)
        return known


def _write_form(page: Worksheet, form: Form, looks: _Looks) -> None:
    set_up_print(page)
    # The key of a line stands before its first cell, where nobody looks.
    page.set_column(0, 0, 3, None, {"hidden": True})
    for row, note in enumerate(form.notes):
        page.write_string(row, 1, taken_as_text(note), looks.note if row else looks.title)
    top = form.header_row - 1
    for place, column in enumerate(form.fields, start=1):
        page.set_column(place, place, column.width)
        page.write_string(top, place, taken_as_text(column.header), looks.header)
    _make_room(page, top, form.fields, {column.name: column.header for column in form.fields})
    spare = [Line("", {})] * form.spare
    for row, line in enumerate((*form.lines, *spare), start=top + 1):
        page.write_string(row, 0, line.key)
        _make_room(page, row, form.fields, line.values)
        for place, column in enumerate(form.fields, start=1):
            look = looks.cell(line.kind, line.takes(column), column.kind)
            _write_cell(page, (row, place), line.values.get(column.name), look)
    _guide_input(page, form)
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    page.protect("", _MAY_STILL)


def _make_room(
    page: Worksheet, row: int, fields: Sequence[Field], values: Mapping[str, Filled]
) -> None:
    """Not every program makes a row as high as its text; a row of one line may still grow."""
    lines = max(
        (
            sum(
                1 + len(part) // column.width for part in typed(values.get(column.name)).split("\n")
            )
            for column in fields
        ),
        default=1,
    )
    if lines > 1:
        page.set_row(row, _LINE_HEIGHT * min(lines, _MOST_LINES))


def _write_cell(page: Worksheet, at: tuple[int, int], value: Filled, look: Format) -> None:
    if value is None or value == "":
        page.write_blank(*at, None, look)
    elif isinstance(value, int | Decimal):
        page.write_number(*at, value, look)
    else:
        page.write_string(*at, taken_as_text(typed(value)), look)


def _guide_input(page: Worksheet, form: Form) -> None:
    """Lists to pick from, and numbers only where numbers belong."""
    first, last = form.header_row, form.header_row + len(form.lines) + form.spare - 1
    rule: dict[str, Any]
    for place, column in enumerate(form.fields, start=1):
        if not column.is_input or last < first:
            continue
        if column.picks:
            source = column.picks if isinstance(column.picks, str) else list(column.picks)
            is_strict = not isinstance(column.picks, str)
            rule = {"validate": "list", "source": source, "show_error": is_strict}
        elif column.kind in {"integer", "decimal"}:
            rule = {
                "validate": column.kind, "criteria": ">=", "value": 0,
                "error_title": "Chưa đúng", "error_message": "Ô này chỉ nhận số, từ 0 trở lên.",
            }  # fmt: skip
        else:
            continue
        page.data_validation(first, place, last, place, rule)
    _offer_by_line(page, form)


def _offer_by_line(page: Worksheet, form: Form) -> None:
    """What only one line offers to pick from, where Excel can take it as a list."""
    for row, line in enumerate(form.lines, start=form.header_row):
        for place, column in enumerate(form.fields, start=1):
            picks = line.picks.get(column.name, ())
            is_list = len(",".join(picks)) <= _LONGEST_LIST and not any("," in one for one in picks)
            if picks and is_list and line.takes(column):
                rule = {"validate": "list", "source": list(picks)}
                page.data_validation(row, place, row, place, rule)
