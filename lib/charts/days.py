"""What has come day by day against a due day: bars that grow, one for each day, from zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lib.charts.marks import FILLS, figure, linked
from lib.vietnamese import short_date

WIDTH, HEIGHT = 420, 190
LEFT, RIGHT, TOP, BOTTOM = 34, 8, 26, 20
LEAST_DAYS = 10  # a young campaign does not get bars as wide as a hand
GAP = 0.25


@dataclass(frozen=True)
class DayMark:
    """How many had come by the end of a day, of them on time and late; `href` lists them."""

    day: date
    on_time: int
    late: int
    href: str

    @property
    def value(self) -> int:
        return self.on_time + self.late


@dataclass(frozen=True)
class _Frame:
    """Where a day and a number lie."""

    first: date
    days: int
    whole: int

    @property
    def step(self) -> float:
        return (WIDTH - LEFT - RIGHT) / self.days

    def x(self, day: date) -> float:
        return LEFT + self.step * (day - self.first).days

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.whole


def days_chart(
    marks: Sequence[DayMark], *, whole: int, due: date, words: str, verb: str = "đã nộp"
) -> SafeString:
    """`words` say the whole chart in a sentence, for who does not see it; `verb` what each mark
    counts."""
    first = marks[0].day if marks else due
    last = max(marks[-1].day if marks else due, due)
    frame = _Frame(first, max((last - first).days + 1, LEAST_DAYS), max(whole, 1))
    return format_html(
        '<svg class="days-chart" viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}{}{}</svg>',
        WIDTH, HEIGHT, words, _grid(frame, whole),
        format_html_join("", "{}", ((_bar(mark, frame, verb),) for mark in marks)),
        _due(due, frame), _ends(marks, frame),
    )  # fmt: skip


def _grid(frame: _Frame, whole: int) -> SafeString:
    """Zero, and all that owe."""
    lines = [(figure(frame.y(value)), figure(frame.y(value) + 4), value) for value in (0, whole)]
    return format_html_join(
        "",
        '<line class="chart-line" stroke="#8c837a" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="chart-text" x="{}" y="{}" text-anchor="end">{}</text>',
        ((LEFT, WIDTH - RIGHT, y, y, LEFT - 4, text, value) for y, text, value in lines),
    )


def _bar(mark: DayMark, frame: _Frame, verb: str) -> SafeString:
    width, left = frame.step * (1 - GAP), frame.x(mark.day) + frame.step * GAP / 2
    parts = (("green", 0, mark.on_time), ("red", mark.on_time, mark.value))
    pieces = format_html_join(
        "",
        '<rect class="mark-{}" fill="{}" x="{}" y="{}" width="{}" height="{}"/>',
        (
            (
                tone, FILLS[tone], figure(left), figure(frame.y(end)), figure(width),
                figure(frame.y(start) - frame.y(end)),
            )
            for tone, start, end in parts
        ),
    )  # fmt: skip
    late = f", trong đó trễ hạn {mark.late}" if mark.late else ""
    words = f"Đến hết {short_date(mark.day)}: {mark.value} {verb}{late}"
    return linked(pieces, href=mark.href, words=words, value=mark.value)


def _due(due: date, frame: _Frame) -> SafeString:
    x = figure(frame.x(due) + frame.step)
    before = frame.x(due) > WIDTH / 2
    return format_html(
        '<line class="chart-due" stroke="#ab1f16" stroke-dasharray="4 3" x1="{}" x2="{}" y1="{}" '
        'y2="{}"/><text class="chart-text chart-due-text" fill="#ab1f16" x="{}" y="{}" '
        'text-anchor="{}">hạn {}</text>',
        x, x, TOP - 12, HEIGHT - BOTTOM, x, TOP - 15, "end" if before else "start", _short(due),
    )  # fmt: skip


def _ends(marks: Sequence[DayMark], frame: _Frame) -> SafeString:
    """The first and the last day under the bars, and the last number on its bar."""
    if not marks:
        return SafeString("")
    last = marks[-1]
    right = frame.x(last.day) + frame.step
    return format_html(
        '<text class="chart-text" x="{}" y="{}">{}</text>'
        '<text class="chart-text" x="{}" y="{}" text-anchor="end">{}</text>'
        '<text class="chart-text chart-last" x="{}" y="{}" text-anchor="end">{}</text>',
        LEFT, HEIGHT - 5, _short(frame.first),
        figure(right), HEIGHT - 5, _short(last.day),
        figure(right), figure(frame.y(last.value) - 5), last.value,
    )  # fmt: skip


def _short(day: date) -> str:
    return f"{day.day}/{day.month}"
