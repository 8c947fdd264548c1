"""What an address of the API may say after its “?”: the fields are the contract, and are printed
in the description. Names are those of the pages' filters."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaign.datasets.activity_list import FOLDED
from campaign.datasets.activity_list import STATES as ACTIVITY_STATES
from campaign.datasets.ledger import LEVELS
from campaign.datasets.ledger_states import STATES
from campaign.models import Activity, Obligation, PlanItem
from lib.vietnamese import nfc
from reports.datasets.api.figures import SCOPES
from reports.datasets.api.reports import KIND_WORDS
from units.models import Unit

MOST_ROWS = 200
USUAL_ROWS = 50
# Written for both readers: here matched in full, in the description as a pattern of JSON Schema.
CODE = r"[0-9A-Za-zĐđ][0-9A-Za-zĐđ._-]{0,39}"
# No control character gets past `ControlCharacterMiddleware`.
PRINTED = r"^[^\u0000-\u001f\u007f-\u009f]+$"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"[0-9]{1,9}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ].*")


EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def _within(moment: datetime) -> datetime:
    """In UTC; what lies before or after everything the portal can know is as good as its edge."""
    if moment.year < EARLIEST.year or moment.year >= LATEST.year:
        return EARLIEST if moment.year < EARLIEST.year else LATEST
    return moment.astimezone(UTC)


class CodeField(forms.RegexField):
    """The code of something; `kind` says of what, for whoever writes a client. A code nothing has
    finds nothing: a filter narrows, it does not ask whether there is such a thing."""

    def __init__(self, kind: str, **more: Any) -> None:
        self.kind = kind
        super().__init__(rf"\A{CODE}\Z", required=False, strip=False, **more)
        self.error_messages["invalid"] = "Mã chỉ gồm chữ cái không dấu, chữ số, dấu chấm, gạch nối."

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{CODE}$", "format": f"ma-{self.kind}"}


class ChosenField(forms.ChoiceField):
    def __init__(self, choices: Sequence[tuple[str, str]], **more: Any) -> None:
        self.codes = [str(code) for code, _ in choices]
        self.words = "; ".join(f"{code}: {label}" for code, label in choices)
        super().__init__(choices=choices, required=False, **more)
        known = ", ".join(self.codes)
        self.error_messages["invalid_choice"] = f"Không có giá trị “%(value)s”; hãy dùng: {known}."

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": self.codes, "description": self.words}


class TextField(forms.CharField):
    """Words to look for."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, max_length=100, strip=False, **more)
        self.error_messages["max_length"] = "Dài không quá 100 ký tự."

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.max_length, "pattern": PRINTED}


class WholeField(forms.Field):
    """A whole number between two bounds."""

    def __init__(self, least: int, most: int, **more: Any) -> None:
        self.least, self.most = least, most
        super().__init__(required=False, **more)

    def to_python(self, value: Any) -> int | None:
        if not value:
            return None
        if not _WHOLE.fullmatch(value) or not self.least <= int(value) <= self.most:
            raise ValidationError(f"Hãy ghi số nguyên từ {self.least} đến {self.most}.")
        return int(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class DateField(forms.Field):
    """A day as ISO 8601 writes it."""

    def to_python(self, value: Any) -> date | None:
        if not value:
            return None
        try:
            if _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise ValidationError("Hãy ghi ngày có thật, dạng 2024-03-22.")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


class MomentField(forms.Field):
    """A moment with its offset, as RFC 3339 writes it."""

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value.upper()) if _MOMENT.fullmatch(value) else None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValidationError(
                "Hãy ghi thời điểm kèm múi giờ, dạng 2024-03-22T00:00:00Z hoặc "
                "2024-03-22T07:00:00+07:00; trong địa chỉ dấu + viết là %2B."
            )
        return _within(moment)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}


class CursorField(forms.CharField):
    """Where the next page begins; only the portal writes one (`reports.views.api.paging`)."""

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}


class ApiForm(forms.Form):
    """The parameters every list has. Stricter than a page: a parameter that is unknown, empty or
    given twice is refused, for a program would take what it got for what it asked."""

    so_dong = WholeField(1, MOST_ROWS, label=f"Số mục mỗi trang; bỏ trống: {USUAL_ROWS}")
    con_tro = CursorField(
        required=False, label="Con trỏ của trang sau, lấy từ “next” của trang trước; không tự đặt"
    )

    def __init__(self, query: Mapping[str, Sequence[str]]) -> None:
        super().__init__({name: nfc(values[-1]) for name, values in query.items()})
        self.query = query

    def clean(self) -> dict[str, Any]:
        for name, values in self.query.items():
            if name not in self.fields:
                # Not a field, so it cannot carry the error itself.
                self.errors[name] = self.error_class(["Không có tham số này ở địa chỉ này."])
            elif len(values) > 1:
                self.add_error(name, "Tham số này chỉ được ghi một lần.")
            elif not values[0]:
                self.add_error(name, "Tham số này đang để trống; hãy bỏ hẳn hoặc ghi giá trị.")
        return self.cleaned_data

    def problems(self) -> dict[str, list[str]]:
        return {name: [str(each) for each in found] for name, found in self.errors.items()}


def _campaign() -> CodeField:
    return CodeField("dot", label="Mã đợt thi đua; bỏ trống: đợt hiện hành")


def _unit(label: str = "Mã đơn vị") -> CodeField:
    return CodeField("don-vi", label=label)


def _block(label: str = "Mã khối thi đua") -> CodeField:
    return CodeField("khoi", label=label)


def _period(label: str) -> CodeField:
    return CodeField("ky", label=label)


def _changed(what: str) -> MomentField:
    return MomentField(required=False, label=f"Chỉ những mục {what} từ thời điểm này")


def _as_of() -> MomentField:
    return MomentField(required=False, label="Như đã biết vào thời điểm này; bỏ trống: lúc đọc")


class OneForm(ApiForm):
    """One thing is asked for by its address alone."""

    so_dong = None  # type: ignore[assignment]
    con_tro = None  # type: ignore[assignment]


class CampaignsForm(ApiForm):
    pass


class PeriodsForm(ApiForm):
    dot = _campaign()


class PlanItemsForm(ApiForm):
    dot = _campaign()
    loai = ChosenField(PlanItem.Kind.choices, label="Loại mục")
    thuoc = CodeField("muc", label="Mã mục chứa trực tiếp, ví dụ III.1")
    don_vi = _unit("Mã đơn vị được giao hoặc phối hợp")


class UnitsForm(ApiForm):
    nam = WholeField(2000, 2100, label="Năm của khối thi đua; bỏ trống: năm mới nhất")
    khoi = _block()
    nhom = ChosenField(Unit.Group.choices, label="Nhóm đơn vị")
    hieu_luc = DateField(required=False, label="Chỉ đơn vị có hiệu lực vào ngày này")
    tim = TextField(label="Tìm theo tên, tên viết tắt, mã; không phân biệt dấu và chữ hoa")


class ObligationsForm(ApiForm):
    dot = _campaign()
    loai = ChosenField(Obligation.Kind.choices, label="Loại nghĩa vụ")
    ky = _period("Mã kỳ báo cáo")
    don_vi = _unit()
    khoi = _block("Mã khối thi đua của đơn vị trong năm của đợt")
    nhom = ChosenField(Unit.Group.choices, label="Nhóm đơn vị")
    muc_do = ChosenField(LEVELS, label="Mức độ")
    trang_thai = ChosenField([(one.code, one.label) for one in STATES], label="Tình trạng")
    tim = TextField(label="Tìm đơn vị theo tên; không phân biệt dấu và chữ hoa")
    thay_doi_tu = _changed("có thay đổi hoặc được gửi")
    den_luc = _as_of()


class ActivitiesForm(ApiForm):
    dot = _campaign()
    don_vi = _unit("Mã đơn vị chủ trì, phối hợp hoặc đăng ký")
    khoi = _block("Mã khối của đơn vị chủ trì")
    loai = ChosenField(Activity.Kind.choices, label="Loại")
    trang_thai = ChosenField(
        [(one.code, one.label) for one in ACTIVITY_STATES] + [(FOLDED, "Đã gộp vào hoạt động chung")],
        label="Tình trạng; bỏ trống: mọi hoạt động trừ những hoạt động đã gộp",
    )  # fmt: skip
    muc = CodeField("muc", label="Mã mục Kế hoạch hoạt động gắn với")
    tim = TextField(label="Tìm trong nội dung, nơi được đỡ đầu, tên đơn vị chủ trì")
    thay_doi_tu = _changed("có thay đổi hoặc được thêm")
    den_luc = _as_of()


class FiguresForm(ApiForm):
    dot = _campaign()
    ky = _period("Mã kỳ báo cáo; bỏ trống: kỳ mới nhất đã mở")
    pham_vi = ChosenField(SCOPES, label="Phạm vi; bỏ trống: từng đơn vị")
    don_vi = _unit()
    khoi = _block()
    chi_tieu = CodeField("chi-tieu", label="Mã chỉ tiêu")
    den_luc = _as_of()


class RankingsForm(ApiForm):
    khoi = _block()
    nam = WholeField(2000, 2100, label="Năm")
    don_vi = _unit("Mã đơn vị có trong bảng")
    thay_doi_tu = _changed("công bố")


class ReportsForm(ApiForm):
    dot = _campaign()
    loai = ChosenField(KIND_WORDS, label="Loại báo cáo")
    khoi = _block("Mã khối, với báo cáo của khối")
    don_vi = _unit("Mã đơn vị, với báo cáo của đơn vị")
    thay_doi_tu = _changed("ban hành")
