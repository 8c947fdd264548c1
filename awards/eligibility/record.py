"""Rules on the years before: R12–R15 and R19."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from awards.eligibility.facts import Facts
from lib.vietnamese import short_date

MONTHS = 12


def titles_before(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R12: settings name, for each higher title, the one below and for how many years running."""
    asked = settings.get(facts.form_code)
    if asked is None:
        return
    missed = _missed_years(facts, asked["title"], asked["years"])
    if missed:
        yield (
            f"Cần {asked['years']} năm liên tục đạt danh hiệu cấp dưới liền kề,"
            f" còn thiếu năm {', '.join(map(str, missed))}."
        )
    if asked.get("initiative") and not facts.initiative:
        yield "Chưa nêu sáng kiến đã được công nhận."


def _last_year(facts: Facts) -> int:
    """The year the achievement ends in is the last of those in a row."""
    return (facts.achieved_to or facts.on).year


def _missed_years(facts: Facts, code: str, count: int) -> list[int]:
    held = {award.year for award in facts.awards if award.code == code}
    last = _last_year(facts)
    return [year for year in range(last - count + 1, last + 1) if year not in held]


def merit_before(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R13: for the provincial certificate on the ground of merit, not of a movement."""
    if facts.form_code != settings.get("form") or facts.ground != "regular":
        return
    count = settings["years"]
    last = _last_year(facts)
    rated = {year.year: year for year in facts.years if year.rating == "excellent"}
    all_excellent = all(year in rated for year in range(last - count + 1, last + 1))
    if facts.recipient == "individual":
        enough = sum(year.initiatives for year in rated.values()) >= settings["initiatives"]
        if (all_excellent and enough) or not _missed_years(facts, settings["person_title"], count):
            return
        yield (
            f"Cần {count} năm liên tục là Chiến sĩ thi đua cơ sở, hoặc {count} năm liên tục hoàn"
            f" thành xuất sắc nhiệm vụ với {settings['initiatives']} sáng kiến."
        )
    elif facts.recipient == "collective":
        if all_excellent or not _missed_years(facts, settings["collective_title"], count):
            return
        yield (
            f"Cần {count} năm liên tục hoàn thành xuất sắc nhiệm vụ hoặc là Tập thể lao động"
            " xuất sắc."
        )


def excellent_collective(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R14."""
    if facts.form_code != settings.get("form"):
        return
    year = next((row for row in facts.years if row.year == _last_year(facts)), None)
    if year is None:
        yield f"Chưa có kết quả năm {_last_year(facts)} của tập thể."
        return
    if year.tasks_done is None or year.tasks_done < settings["tasks_done"]:
        yield "Chưa đủ 100% cá nhân hoàn thành nhiệm vụ."
    if year.advanced_workers is None or year.advanced_workers < settings["advanced_workers"]:
        yield f"Chưa đủ {settings['advanced_workers']}% cá nhân đạt Lao động tiên tiến."
    if not year.has_base_fighter:
        yield "Chưa có cá nhân đạt Chiến sĩ thi đua cơ sở."


def share_of_fighters(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R15: the cap of the old decree; its row ends with the year 2023."""
    if facts.form_code != settings.get("form"):
        return
    proposed = facts.proposed_by_form.get(settings["form"], 0)
    of = facts.proposed_by_form.get(settings["of"], 0)
    if proposed and (not of or Fraction(proposed * 100, of) > settings["most"]):
        yield f"Đề nghị {proposed} trên {of} Lao động tiên tiến, quá {settings['most']}%."


def often_and_soon(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R19: provincial awards but ad-hoc ones; the guideline goes before the settings."""
    if not facts.is_provincial or facts.ground == "ad_hoc":
        return
    before = [award for award in facts.awards if award.is_provincial and award.ground != "ad_hoc"]
    most = facts.max_per_year or settings.get("max_per_year")
    same_year = [award for award in before if award.year == facts.on.year]
    if most is not None and len(same_year) >= most:
        yield (
            f"Năm {facts.on.year} đã có {len(same_year)} lần khen hoặc đề nghị khen cấp tỉnh,"
            f" tối đa {most} lần."
        )
    months = facts.min_months_between or settings.get("min_months_between")
    days = [award.decided_on for award in before if award.decided_on is not None]
    if months and days and _months_after(max(days), months) > facts.on:
        yield (
            f"Lần khen cấp tỉnh gần nhất là {short_date(max(days))},"
            f" cần cách ít nhất {months} tháng."
        )


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    place = day.month - 1 + months
    year, month = day.year + place // MONTHS, place % MONTHS + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError
