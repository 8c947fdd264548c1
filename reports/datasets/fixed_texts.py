"""The fixed texts of a report (mẫu lời văn): a closed list of placeholders, and what fills them.

No template engine ever sees what people type: a placeholder is a name between braces, looked up
in the list below, and nothing else is replaced. What ships with the portal is a data file.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lib import clock
from lib.vietnamese import clean, moment, short_date
from reports.datasets.consolidated import Consolidated
from reports.datasets.progress import Progress
from reports.kinds import Kind, Level, Window

HOME_AFFAIRS = "Sở Nội vụ"
BOARD = "Ban Thi đua - Khen thưởng"
SHIPPED = Path(__file__).resolve().parent.parent / "data" / "fixed_texts.toml"
SHARED = "common"

_NAMED = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True)
class Placeholder:
    """Chỗ điền: its name, what stands there, and where only some kinds of report have it."""

    name: str
    explained: str
    value: Callable[[Consolidated], str]
    has: Callable[[Kind], bool] = lambda kind: True

    @property
    def written(self) -> str:
        return f"{{{self.name}}}"


def _named_plan(data: Consolidated) -> str:
    plan = data.plan
    named = f"{plan.document_type.capitalize()} số {plan.number}" if plan.number else "Kế hoạch"
    return f"{named} ngày {short_date(plan.issued_on)}"


def _tells_of_days(kind: Kind) -> bool:
    return kind.window is not Window.NONE


def _is_of_an_item(kind: Kind) -> bool:
    return Level.ITEM in kind.levels


def _of_period(told: Callable[[Progress], str]) -> Callable[[Consolidated], str]:
    return lambda data: told(data.progress) if data.progress else ""


def issuer_of(data: Consolidated) -> str:
    """Who reports: the board for the province, a block or a unit for itself."""
    if data.scope.level in {Level.BLOCK, Level.UNIT}:
        return data.scope.name
    return BOARD


def _signer_of(data: Consolidated) -> str:
    return {Level.BLOCK: "Khối trưởng", Level.UNIT: "Thủ trưởng đơn vị"}.get(
        data.scope.level, "Trưởng Ban"
    )


def _receiver_of(data: Consolidated) -> str:
    through = data.scope.level in {Level.BLOCK, Level.UNIT}
    return f"{HOME_AFFAIRS} (qua {BOARD})" if through else HOME_AFFAIRS


def _who_did(data: Consolidated) -> str:
    """Written inside a sentence: whose work the report tells of."""
    return {
        Level.BLOCK: f"các đơn vị thuộc {data.scope.name}",
        Level.UNIT: "đơn vị",
    }.get(data.scope.level, "các cơ quan, đơn vị, địa phương, doanh nghiệp trên địa bàn tỉnh")


def _of_whom(data: Consolidated) -> str:
    """Written inside a sentence, after the name of the campaign."""
    return "" if data.scope.is_province else f" của {data.scope.name}"


def _kept_at(data: Consolidated) -> str:
    return "Lưu: VT" if data.scope.level in {Level.BLOCK, Level.UNIT} else "Lưu: VT, BTĐ"


def _inside(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


PLACEHOLDERS = (
    Placeholder("tên đợt", "tên đợt thi đua", lambda data: data.plan.name),
    Placeholder("kế hoạch", "tên loại, số, ký hiệu và ngày của kế hoạch tỉnh", _named_plan),
    Placeholder(
        "trích yếu kế hoạch", "trích yếu của kế hoạch tỉnh, viết giữa câu",
        lambda data: _inside(data.plan.subject),
    ),
    Placeholder("cơ quan ban hành", "nơi ban hành kế hoạch tỉnh", lambda data: data.plan.issuer),
    Placeholder(
        "loại báo cáo", "lời mở đầu trích yếu theo loại: “Kết quả thực hiện”, “Sơ kết”…",
        lambda data: data.kind.about,
    ),
    Placeholder("phạm vi", "“ của …” khi báo cáo của một khối, đơn vị, mục", _of_whom),
    Placeholder(
        "nơi thực hiện", "“các cơ quan, đơn vị, địa phương…”, “các đơn vị thuộc khối…” hoặc “đơn vị”",
        _who_did,
    ),
    Placeholder(
        "mục của Kế hoạch", "“mục III.1” của báo cáo chuyên đề", lambda data: data.scope.name,
        has=_is_of_an_item,
    ),
    Placeholder("đơn vị báo cáo", "Ban Thi đua - Khen thưởng, khối hoặc đơn vị", issuer_of),
    Placeholder("nơi nhận báo cáo", "Sở Nội vụ; của khối, đơn vị thì qua Ban", _receiver_of),
    Placeholder("chức vụ người ký", "Trưởng Ban, Khối trưởng hoặc Thủ trưởng", _signer_of),
    Placeholder("nơi lưu", "dòng cuối của nơi nhận", _kept_at),
    Placeholder("thời điểm chốt", "giờ, ngày chốt số liệu", lambda data: moment(data.as_of)),
    Placeholder(
        "ngày chốt", "ngày chốt số liệu", lambda data: short_date(clock.local_day(data.as_of))
    ),
    Placeholder("năm", "năm chốt số liệu", lambda data: str(clock.local_day(data.as_of).year)),
    Placeholder(
        "số đơn vị đã gửi kế hoạch", "số đơn vị đã gửi kế hoạch triển khai",
        lambda data: str(data.totals.sent),
    ),
    Placeholder(
        "số đơn vị phải gửi kế hoạch", "số đơn vị gửi kế hoạch, không kể đơn vị được miễn",
        lambda data: str(data.totals.owed),
    ),
    Placeholder(
        "kỳ báo cáo", "tên kỳ, ví dụ tháng 5/2024",
        _of_period(lambda progress: progress.period.name), has=_tells_of_days,
    ),
    Placeholder(
        "khoảng số liệu", "“từ ngày … đến hết ngày …” của kỳ",
        _of_period(lambda progress: progress.period.window), has=_tells_of_days,
    ),
    Placeholder(
        "số đơn vị đã báo cáo", "số đơn vị đã gửi báo cáo của kỳ",
        _of_period(lambda progress: str(progress.own_sending.sent)), has=_tells_of_days,
    ),
    Placeholder(
        "số đơn vị phải báo cáo", "số đơn vị phải gửi báo cáo của kỳ",
        _of_period(lambda progress: str(progress.own_sending.owed)), has=_tells_of_days,
    ),
)  # fmt: skip


def placeholders_of(kind: Kind) -> tuple[Placeholder, ...]:
    """Those that have something to say in a report of this kind."""
    return tuple(one for one in PLACEHOLDERS if one.has(kind))


@cache
def shipped_texts(kind: Kind) -> Mapping[str, str]:
    """What the portal comes with."""
    every = tomllib.loads(SHIPPED.read_text())
    said = every[SHARED] | every[kind.code]
    return {name: str(text).strip() for name, text in said.items()}


def faults(text: str, kind: Kind) -> Iterator[str]:
    """What is wrong with a text, each as a sentence that names the place."""
    known = {_key(one.name) for one in placeholders_of(kind)}
    for place, line in enumerate(clean(text).splitlines(), start=1):
        for found in _NAMED.finditer(line):
            if _key(found[1]) not in known:
                yield f"Dòng {place}: không có chỗ điền “{{{found[1][:40]}}}” trong loại báo cáo này."
        for brace in _BRACE.finditer(_NAMED.sub(lambda found: " " * len(found[0]), line)):
            near = line[max(0, brace.start() - 15) : brace.start() + 15].strip()
            yield f"Dòng {place}: dấu “{brace[0]}” ở “{near}” chưa có dấu đi cặp với nó."


def fill(text: str, data: Consolidated) -> str:
    """Every placeholder by its value; what is not one stays as it was typed."""
    values = {_key(one.name): one.value for one in placeholders_of(data.kind)}

    def value(found: re.Match[str]) -> str:
        told = values.get(_key(found[1]))
        return told(data) if told else found[0]

    return _NAMED.sub(value, clean(text))


def filled(texts: Mapping[str, str], data: Consolidated) -> dict[str, str]:
    return {name: fill(text, data) for name, text in texts.items()}


def _key(name: str) -> str:
    return " ".join(clean(name).casefold().split())
