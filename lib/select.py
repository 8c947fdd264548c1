"""A choice among thousands: drawn in one go, where a template for each option takes a second."""

from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """Flat choices without groups; looks and behaves as any other."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = "" if value is None else str(value)
        options = "".join(
            f'<option value="{escape(str(code))}"{" selected" * (str(code) == chosen)}>'
            f"{escape(str(label))}</option>"
            for code, label in self.choices
        )
        around = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<select{}>{}</select>", around, SafeString(options))
