"""Rules on the achievement, the candidate and the papers: R1–R4, R6, R7, R16–R18."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from awards.eligibility.facts import KEPT, SAME, Award, Facts
from lib.vietnamese import fold, number, short_date

THEMATIC = {"thematic", "ad_hoc"}
PAPERS = {
    "tax": "thuế",
    "insurance": "bảo hiểm xã hội",
    "environment": "bảo vệ môi trường",
    "fire_safety": "phòng cháy, chữa cháy",
}


def one_achievement_once(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R1: the same achievement is the same theme, or the same kind of award over the same days.

    What a person concluded goes before what the dates say, in both directions.
    """
    for award in facts.awards:
        looks_same = _same_theme(facts, award) or _same_days(facts, award)
        if award.verdict == SAME or (looks_same and award.verdict != KEPT):
            yield f"Thành tích này đã được đề nghị hoặc khen thưởng: {award.named()}."


def _same_theme(facts: Facts, award: Award) -> bool:
    return award.ground == facts.ground == "thematic" and award.campaign == facts.campaign != ""


def _same_days(facts: Facts, award: Award) -> bool:
    if award.ground != facts.ground or facts.achieved_from is None or facts.achieved_to is None:
        return False
    if award.achieved_from is None or award.achieved_to is None:
        return False
    return award.achieved_from <= facts.achieved_to and facts.achieved_from <= award.achieved_to


def initiative_once(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R2."""
    if facts.initiative:
        for used in facts.initiative_used_by:
            yield f"Sáng kiến “{facts.initiative}” đã dùng tại {used}."


def thematic_supports_no_merit(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R3."""
    if facts.ground in THEMATIC and not facts.is_thematic_form:
        yield f"{facts.form_name} không xét theo chuyên đề hoặc đột xuất."
    elif facts.ground == "regular" and facts.is_provincial and facts.campaign_sources:
        yield (
            f"Đề nghị theo công trạng nhưng có {facts.campaign_sources} căn cứ là kết quả của Đợt"
            " thi đua theo chuyên đề."
        )


def clean_record(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R4."""
    if not facts.integrity:
        yield "Chưa khai về kỷ luật, thanh tra, kiểm tra và đơn thư."
    elif facts.integrity == "pending":
        yield f"Đang bị xem xét: {facts.integrity_note}."
    elif facts.integrity == "served":
        yield from _counted_after(facts.discipline_ended_on, facts.achieved_from)


def _counted_after(ended: date | None, began: date | None) -> Iterator[str]:
    if ended is None:
        yield "Chưa ghi ngày chấp hành xong kỷ luật."
    elif began is not None and began <= ended:
        yield (
            f"Thành tích tính từ sau ngày chấp hành xong kỷ luật {short_date(ended)},"
            f" đang khai từ {short_date(began)}."
        )


def women_first(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R6: not an obstacle, a word to whoever chooses between equals."""
    share = facts.women_share
    if facts.gender == "female":
        yield "Ưu tiên khi thành tích bằng nhau: cá nhân nữ."
    elif share is not None and share >= settings.get("women_share", 70):
        yield f"Ưu tiên khi thành tích bằng nhau: tập thể có {_percent(share)} nữ."


def direct_workers(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R7: of the individuals of the dossier; nothing where the guideline sets no share."""
    least = facts.minimum_direct_share
    if least is None or not facts.individuals:
        return
    share = Fraction(facts.direct_workers * 100, facts.individuals)
    if share < least:
        yield (
            f"Hồ sơ có {facts.direct_workers}/{facts.individuals} cá nhân trực tiếp lao động"
            f" ({_percent(share)}), hướng dẫn yêu cầu từ {_percent(least)}."
        )


def signed_with_authority(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R16."""
    if facts.letter_date is None or not facts.signer_name or not facts.signer_position:
        yield "Tờ trình chưa đủ ngày, người ký và chức vụ người ký."
    elif not any(title in fold(facts.signer_position) for title in settings.get("signers", [""])):
        yield f"“{facts.signer_position}” không phải người đứng đầu hoặc cấp phó ký thay."
    day = facts.letter_date or facts.on
    if facts.unit_valid_from is not None and day < facts.unit_valid_from:
        yield f"Đơn vị hoạt động từ {short_date(facts.unit_valid_from)}, sau ngày tờ trình."
    if facts.unit_valid_to is not None and day > facts.unit_valid_to:
        yield f"Đơn vị đã kết thúc hoạt động ngày {short_date(facts.unit_valid_to)}."


def belongs_to_unit(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R17."""
    day = facts.letter_date or facts.on
    if not facts.in_unit:
        yield f"{facts.name} không thuộc đơn vị đề nghị."
    elif facts.joined_on is not None and day < facts.joined_on:
        yield f"{facts.name} thuộc đơn vị từ {short_date(facts.joined_on)}, sau ngày tờ trình."
    elif facts.left_on is not None and day > facts.left_on:
        yield f"{facts.name} đã rời đơn vị ngày {short_date(facts.left_on)}."


def enterprise_confirmed(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R18."""
    if facts.is_enterprise:
        absent = [PAPERS[kind] for kind in settings.get("papers", []) if kind not in facts.papers]
        if absent:
            yield f"Doanh nghiệp chưa có xác nhận về {', '.join(absent)}."


def _percent(share: Fraction | int) -> str:
    exact = Fraction(share)
    return f"{number(Decimal(exact.numerator) / exact.denominator, 1).removesuffix(',0')}%"
