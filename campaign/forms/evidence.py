"""What is said of evidence: a caption, and a link instead of or beside files."""

from typing import Any

from django import forms
from django.core.validators import URLValidator

from campaign.forms.fields import LineField
from campaign.models import Evidence

CAPTION_LENGTH = Evidence._meta.get_field("caption").max_length
LINK_LENGTH = Evidence._meta.get_field("link").max_length
_BAD_LINK = "Đường dẫn chưa đúng. Hãy chép cả địa chỉ, bắt đầu bằng https:// hoặc http://."


class LinkField(LineField):
    """An address of the web, whole; nothing else a browser might run."""

    default_validators = [URLValidator(schemes=["http", "https"], message=_BAD_LINK)]


def _caption() -> LineField:
    return LineField(
        label="Chú thích", required=False, max_length=CAPTION_LENGTH,
        error_messages={"max_length": f"Chú thích dài quá {CAPTION_LENGTH} ký tự."},
    )  # fmt: skip


class EvidenceForm(forms.Form):
    """The tokens of the files come beside it."""

    caption = _caption()
    link = LinkField(
        label="Hoặc đường dẫn", required=False, max_length=LINK_LENGTH,
        help_text="Bài báo, trang tin, video về hoạt động. Ví dụ https://baotayninh.vn/…",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": f"Đường dẫn dài quá {LINK_LENGTH} ký tự."},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "caption"
        ].help_text = "Ghi chung cho các tệp vừa chọn; sau đó sửa từng ảnh được."


class CaptionForm(forms.Form):
    caption = _caption()
