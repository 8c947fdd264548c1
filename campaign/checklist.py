"""What a sub-plan must contain before it is sent (danh mục kiểm tra).

From the plan's closing paragraph (KL.2), its part IV and the usual form of a kế hoạch after
Nghị định 30/2020/NĐ-CP. Errors block sending and say where; warnings do not: the format of
Party, army and mass-organisation papers differs, and a rule written for one must not stop
another. Plain values in, findings out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from lib.docnumber import parse as parse_document_number
from lib.vietnamese import fold, short_date


class Line(Enum):
    """The nine lines of the checklist, in the order of the document."""

    FORM = ("form", "Thể thức văn bản")
    BASIS = ("basis", "Căn cứ ban hành")
    PURPOSE = ("purpose", "Mục đích, yêu cầu")
    THEME = ("theme", "Chủ đề, nội dung thi đua")
    SOLUTIONS = ("solutions", "Giải pháp")
    ACTIVITIES = ("activities", "Công trình, phần việc, chỉ tiêu")
    ORGANISATION = ("organisation", "Tổ chức thực hiện")
    COMMENDATION = ("commendation", "Khen thưởng")
    HO_CHI_MINH = ("ho_chi_minh", "Gắn với học tập và làm theo Bác")

    @property
    def code(self) -> str:
        return self.value[0]

    @property
    def label(self) -> str:
        return self.value[1]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [line.value for line in cls]


@dataclass(frozen=True)
class Finding:
    """One thing the checklist says. `anchor` is the id of the place on the drafting page."""

    line: Line
    is_error: bool
    message: str
    anchor: str


@dataclass(frozen=True)
class ActivityContent:
    number: int
    key: str
    title: str
    plan_codes: tuple[str, ...]
    has_lead: bool
    starts_on: date | None
    ends_on: date | None
    quantity: Decimal | None
    quantity_unit: str
    lacks_beneficiary: bool = False


@dataclass(frozen=True)
class TargetContent:
    """An indicator asked of the unit and what it promises; `relation` as the catalogue has it."""

    code: str
    name: str
    value: Decimal | None
    parent: str = ""
    relation: str = ""
    is_counted: bool = False


@dataclass(frozen=True)
class Content:
    """A draft as plain values, with what the campaign asks of this unit."""

    document_number: str
    document_date: date | None
    signer_name: str
    legal_basis: str
    purpose: str
    theme: str
    organisation: str
    commendation: str
    ho_chi_minh_link: str
    has_signed_file: bool
    activities: tuple[ActivityContent, ...]
    excluded_codes: frozenset[str]
    duty_codes: tuple[str, ...]
    solution_codes: tuple[str, ...]
    campaign_theme: str
    plan_number: str
    plan_issued_on: date
    window: tuple[date, date]
    today: date
    uses_state_form: bool
    targets: tuple[TargetContent, ...] = ()


def check(content: Content) -> list[Finding]:
    """Every finding, in the order of the document; empty when there is nothing to say."""
    parts = (_form, _basis, _texts, _duties, _solutions, _activities, _targets)
    return [finding for part in parts for finding in part(content)]


def errors(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.is_error]


def _error(line: Line, message: str, anchor: str) -> Finding:
    return Finding(line, True, message, anchor)


def _warning(line: Line, message: str, anchor: str) -> Finding:
    return Finding(line, False, message, anchor)


def _form(content: Content) -> Iterator[Finding]:
    if not content.document_number:
        yield _error(Line.FORM, "Chưa ghi số, ký hiệu văn bản.", "id_document_number")
    elif content.uses_state_form:
        yield from _number(content.document_number)
    if content.document_date is None:
        yield _error(Line.FORM, "Chưa ghi ngày ban hành.", "id_document_date")
    elif content.document_date > content.today:
        yield _error(Line.FORM, "Ngày ban hành ở sau ngày hôm nay.", "id_document_date")
    elif content.document_date < content.plan_issued_on:
        yield _warning(
            Line.FORM,
            "Ngày ban hành trước Kế hoạch của tỉnh "
            f"({short_date(content.plan_issued_on)}); đề nghị kiểm tra lại.",
            "id_document_date",
        )
    if not content.signer_name:
        yield _error(Line.FORM, "Chưa ghi người ký.", "id_signer_name")
    if not content.has_signed_file:
        yield _error(Line.FORM, "Chưa đính kèm văn bản đã ký (tệp PDF).", "files")


def _number(text: str) -> Iterator[Finding]:
    try:
        parsed = parse_document_number(text)
    except ValueError:
        yield _warning(
            Line.FORM, f"Số, ký hiệu “{text}” khác mẫu thường dùng (ví dụ 15/KH-SNV).",
            "id_document_number",
        )  # fmt: skip
        return
    if parsed.kind != "KH":
        yield _warning(
            Line.FORM, f"Ký hiệu “{text}” không phải của kế hoạch (KH).", "id_document_number"
        )


def _basis(content: Content) -> Iterator[Finding]:
    if not content.legal_basis.strip():
        yield _error(Line.BASIS, "Chưa ghi căn cứ ban hành.", "id_legal_basis")
        return
    known = {short_date(content.plan_issued_on), content.plan_issued_on.strftime("%d/%m/%Y")}
    if content.plan_number:
        known.add(content.plan_number)
    if not any(mark in content.legal_basis for mark in known):
        yield _warning(
            Line.BASIS,
            f"Căn cứ chưa dẫn Kế hoạch của UBND tỉnh ngày {short_date(content.plan_issued_on)}.",
            "id_legal_basis",
        )


def _texts(content: Content) -> Iterator[Finding]:
    if not content.purpose.strip():
        yield _error(Line.PURPOSE, "Chưa có phần mục đích, yêu cầu.", "id_purpose")
    if not content.theme.strip():
        yield _error(Line.THEME, "Chưa có chủ đề, nội dung thi đua.", "id_theme")
    elif fold(content.campaign_theme) not in fold(content.theme):
        yield _warning(
            Line.THEME, f"Chưa nêu nguyên văn chủ đề “{content.campaign_theme}”.", "id_theme"
        )
    if not content.organisation.strip():
        yield _error(Line.ORGANISATION, "Chưa có phần tổ chức thực hiện.", "id_organisation")
    if not content.commendation.strip():
        yield _warning(Line.COMMENDATION, "Chưa nêu dự kiến khen thưởng.", "id_commendation")
    if "ho chi minh" not in fold(content.ho_chi_minh_link):
        yield _warning(
            Line.HO_CHI_MINH,
            "Chưa gắn với học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
            "id_ho_chi_minh_link",
        )


def _covered(content: Content) -> set[str]:
    return {code for activity in content.activities for code in activity.plan_codes}


def _duties(content: Content) -> Iterator[Finding]:
    covered = _covered(content) | content.excluded_codes
    for code in content.duty_codes:
        if code not in covered:
            yield _error(
                Line.ACTIVITIES,
                f"Nhiệm vụ {code} giao đích danh cho đơn vị chưa có hoạt động nào; "
                "hãy thêm hoạt động hoặc ghi lý do không áp dụng.",
                f"duty-{code}",
            )


def _solutions(content: Content) -> Iterator[Finding]:
    covered = _covered(content) | content.excluded_codes
    missing = [
        code
        for code in content.solution_codes
        if not any(c == code or c.startswith(f"{code}.") for c in covered)
    ]
    if missing:
        yield _warning(
            Line.SOLUTIONS,
            f"Chưa có hoạt động cho giải pháp {', '.join(missing)}; nếu không áp dụng, "
            "hãy ghi lý do.",
            "solutions",
        )


def _activities(content: Content) -> Iterator[Finding]:
    if not content.activities:
        yield _error(Line.ACTIVITIES, "Chưa đăng ký hoạt động nào.", "activities")
    for activity in content.activities:
        yield from _activity(activity, content)


def _activity(activity: ActivityContent, content: Content) -> Iterator[Finding]:
    where, anchor = f"Hoạt động {activity.number}", f"activity-{activity.key}"
    if not activity.plan_codes:
        yield _error(Line.ACTIVITIES, f"{where}: chưa gắn với mục nào của Kế hoạch.", anchor)
    if not activity.has_lead:
        yield _error(Line.ACTIVITIES, f"{where}: chưa có đơn vị chủ trì.", anchor)
    yield from _activity_dates(activity, content, where, anchor)
    if activity.lacks_beneficiary:
        yield _error(Line.ACTIVITIES, f"{where}: chưa ghi nơi được đỡ đầu.", anchor)
    if activity.quantity is not None and not activity.quantity_unit:
        yield _warning(Line.ACTIVITIES, f"{where}: có số lượng, chưa có đơn vị tính.", anchor)


def _activity_dates(
    activity: ActivityContent, content: Content, where: str, anchor: str
) -> Iterator[Finding]:
    start, end = activity.starts_on, activity.ends_on
    if start is None or end is None:
        yield _error(Line.ACTIVITIES, f"{where}: chưa đủ ngày bắt đầu và kết thúc.", anchor)
        return
    if start > end:
        yield _error(Line.ACTIVITIES, f"{where}: ngày kết thúc trước ngày bắt đầu.", anchor)
    first, last = content.window
    if start < first or end > last:
        yield _error(
            Line.ACTIVITIES,
            f"{where}: thời gian phải trong khoảng {short_date(first)} – {short_date(last)}.",
            anchor,
        )


def _targets(content: Content) -> Iterator[Finding]:
    """Chỉ tiêu đăng ký: what is promised agrees with itself; promising nothing is only odd."""
    typed = [target for target in content.targets if not target.is_counted]
    if typed and all(target.value is None for target in typed):
        yield _warning(Line.ACTIVITIES, "Chưa đăng ký chỉ tiêu nào.", "targets")
    values = {target.code: target.value for target in content.targets}
    parts: dict[str, list[Decimal]] = {}
    for target in typed:
        whole = values.get(target.parent)
        if target.value is None or whole is None:
            continue
        if target.relation == "subset" and target.value > whole:
            yield _error(
                Line.ACTIVITIES,
                f"Chỉ tiêu {target.code} ({target.name}) lớn hơn chỉ tiêu {target.parent}.",
                f"id_chi-tieu-{target.code}",
            )
        if target.relation == "part":
            parts.setdefault(target.parent, []).append(target.value)
    for code, shares in parts.items():
        if sum(shares) != values[code]:
            yield _error(
                Line.ACTIVITIES,
                f"Các phần của chỉ tiêu {code} cộng lại chưa bằng chỉ tiêu {code}.",
                f"id_chi-tieu-{code}",
            )
