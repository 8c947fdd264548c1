"""A scale as a workbook, in the columns it can be read back from and in those people print."""

import json
from decimal import Decimal

from lib.sheet import Column, Row, Sheet, Value, write_xlsx
from scoring.datasets.content import CriterionContent, ScaleContent, content_of
from scoring.formula import MethodName, Section, describe
from scoring.models import ScoringScale

CODED = (
    Column("Mã", 9),
    Column("Thuộc nhóm", 9),
    Column("Phần", 14),
    Column("Nội dung", 60),
    Column("Điểm chuẩn", 11, "decimal"),
    Column("Cách chấm", 20),
    Column("Công thức", 60),
    Column("Minh chứng", 36),
    Column("Bắt buộc minh chứng", 12),
    Column("Nơi thẩm định", 26),
    Column("Mục của Kế hoạch", 22),
    Column("Cấu hình", 30),
)
USUAL = (
    Column("STT", 9),
    Column("Nội dung", 80),
    Column("Điểm chuẩn", 12, "decimal"),
    Column("Thưởng", 12, "decimal"),
    Column("Trừ", 12, "decimal"),
)


def scale_workbook(scale: ScoringScale) -> bytes:
    content = content_of(scale)
    return write_xlsx([_usual(scale, content), _coded(scale, content)])


def _title(scale: ScoringScale) -> str:
    return f"THANG BẢNG ĐIỂM THI ĐUA NĂM {scale.year} – {scale.block}".upper()


def _usual(scale: ScoringScale, content: ScaleContent) -> Sheet:
    rows = [
        Row(_usual_values(one), kind="group" if one.is_group else "plain")
        for one in content.criteria
    ]
    total = Row(["", "TỔNG CỘNG", content.total, content.bonus_cap, None], kind="total")
    notes = [_title(scale), f"Lần {scale.version} · {scale.get_status_display()}"]
    return Sheet("Thang bảng điểm", USUAL, [*rows, total], notes)


def _usual_values(one: CriterionContent) -> list[Value]:
    points: Decimal | None = one.max_points or None
    if one.section == Section.DEDUCTION:
        each = one.config.get("each")
        return [one.code, one.name, None, None, Decimal(each) if each else None]
    if one.section == Section.BONUS:
        return [one.code, one.name, None, points, None]
    return [one.code, one.name, one.max_points, None, None]


def _coded(scale: ScoringScale, content: ScaleContent) -> Sheet:
    notes = [_title(scale), "Trang này đọc lại được vào Cổng; cột “Cấu hình” do Cổng ghi."]
    rows = [
        Row(_coded_values(one), kind="group" if one.is_group else "plain")
        for one in content.criteria
    ]
    return Sheet("Để nhập lại", CODED, rows, notes)


def _coded_values(one: CriterionContent) -> list[Value]:
    return [
        one.code,
        one.parent or "",
        Section(one.section).label,
        one.name,
        one.max_points,
        MethodName(one.method).label,
        "" if one.is_group else describe(one.method, one.config, one.max_points),
        one.evidence_note,
        "Có" if one.evidence_required else "",
        one.verifier,
        "; ".join(one.plan_codes),
        "" if one.is_group else json.dumps(one.config, ensure_ascii=False),
    ]
