"""What the charts have in common: colours without a style sheet, figures, a linked mark."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

# Without a style sheet: the light theme's colours.
FILLS = {
    "green": "#17653a",
    "amber": "#c77700",
    "red": "#ab1f16",
    "blue": "#1b5590",
    "grey": "#b9b0a7",
}


def figure(length: float) -> str:
    """A length, as short as it can be written."""
    return f"{length:.2f}".rstrip("0").rstrip(".")


def linked(mark: SafeString, *, href: str, value: int, words: str = "") -> SafeString:
    """A mark that opens the list it stands for; `words` name one that has none written on it."""
    named = format_html(' aria-label="{}"', words) if words else ""
    title = format_html("<title>{}</title>", words) if words else ""
    return format_html('<a href="{}" data-figure="{}"{}>{}{}</a>', href, value, named, title, mark)


def counted(value: int, href: str, shown: str = "") -> SafeString:
    """A number in words or in a table that opens the list it counts."""
    return format_html('<a data-figure="{}" href="{}">{}</a>', value, href, shown or whole(value))


STEPS = 4  # shades of a heat map, beside none


def shade_of(number: int, most: int) -> int:
    """0 where there is nothing, else 1 to 4 in equal steps up to the most."""
    return -(-number * STEPS // most) if number else 0


def whole(value: int) -> str:
    """1.234, as Vietnamese write it."""
    return f"{value:,}".replace(",", ".")
