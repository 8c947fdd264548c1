"""How the API says no: one shape for every refusal (RFC 9457), in Vietnamese."""

import json
from collections.abc import Mapping, Sequence

from django.http import HttpResponse

API_ROOT = "/api/v1/"
PROBLEM_TYPE = "application/problem+json"

# The title says what kind of refusal it is; the detail, where the view gives none, what to do.
PROBLEMS: Mapping[int, tuple[str, str]] = {
    400: ("Yêu cầu không đọc được", "Địa chỉ có ký tự điều khiển hoặc không đúng mã UTF-8."),
    401: ("Cần khóa truy cập", "Hãy gửi kèm đầu đề “Authorization: Bearer <khóa>”."),
    403: ("Không thuộc phạm vi của khóa", "Khóa này không được đọc địa chỉ này."),
    404: ("Không tìm thấy", "Không có mục này, hoặc người giữ khóa không được xem."),
    405: ("Chỉ để đọc", "Địa chỉ này chỉ trả lời GET và HEAD."),
    413: ("Yêu cầu quá lớn", "API này chỉ để đọc, không nhận nội dung gửi kèm."),
    422: ("Tham số chưa đúng", "Mời xem từng tham số ở mục “errors”."),
    429: ("Quá nhiều yêu cầu", "Mời chờ rồi đọc tiếp; đầu đề Retry-After ghi số giây cần chờ."),
    500: ("Cổng gặp lỗi", "Cổng gặp lỗi khi trả lời. Mời báo quản trị kèm mã ở mục “incident”."),
    503: ("Tạm thời chưa trả lời được", "Máy chủ đang bận. Mời chờ rồi đọc lại."),
}
OTHER = ("Không thực hiện được", "Cổng không trả lời được yêu cầu này.")


class Problem(Exception):
    """A refusal, from wherever in the reading of the request it shows."""

    def __init__(
        self,
        code: int,
        detail: str = "",
        *,
        errors: Mapping[str, Sequence[str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail
        self.errors, self.headers = errors, headers


def problem(refused: Problem, *, incident: str = "") -> HttpResponse:
    title, usual = PROBLEMS.get(refused.code, OTHER)
    said: dict[str, object] = {
        "title": title,
        "status": refused.code,
        "detail": refused.detail or usual,
    }
    if refused.errors:
        said["errors"] = {name: list(sentences) for name, sentences in refused.errors.items()}
    if incident:
        said["incident"] = incident
    return HttpResponse(
        json.dumps(said, ensure_ascii=False) + "\n",
        status=refused.code,
        content_type=PROBLEM_TYPE,
        headers={"Cache-Control": "no-store", **(refused.headers or {})},
    )
