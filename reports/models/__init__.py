"""The reports of the board: a report and its figures, its paper, how it is printed and signed;
who gets Tổng quan by e-mail."""

from reports.models.paper import Paper, PaperSection, Passage, PassageEdit
from reports.models.printing import Printing, SignedCopy
from reports.models.report import Report
from reports.models.template import TextTemplate
from reports.models.weekly import WeeklyLetter, WeeklyPage

__all__ = [
    "Paper",
    "PaperSection",
    "Passage",
    "PassageEdit",
    "Printing",
    "Report",
    "SignedCopy",
    "TextTemplate",
    "WeeklyLetter",
    "WeeklyPage",
]
