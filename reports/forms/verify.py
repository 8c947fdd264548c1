"""The hash of a file somebody holds."""

import re

from django import forms

from campaign.forms.fields import LineField

_HASH = re.compile(r"[0-9a-f]{64}")


class HashForm(forms.Form):
    sha256 = LineField(
        label="Mã SHA-256 của tệp ông/bà có",
        max_length=100,
        help_text="64 ký tự; phần mềm xem thuộc tính tệp hoặc lệnh sha256sum cho mã này.",
        error_messages={"required": "Hãy dán mã SHA-256 của tệp."},
        widget=forms.TextInput(attrs={"class": "form-control hash", "autocomplete": "off"}),
    )

    def clean_sha256(self) -> str:
        said = "".join(self.cleaned_data["sha256"].casefold().split())
        if not _HASH.fullmatch(said):
            raise forms.ValidationError("Mã SHA-256 gồm đúng 64 ký tự từ 0–9 và a–f.")
        return said
