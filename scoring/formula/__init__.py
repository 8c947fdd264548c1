"""How a criterion turns an answer into points; plain values in and out, `Decimal` only.

A method is data: a small frozen dataclass, kept as JSON beside its criterion and read back by
`load`. Nobody types code. Each method knows the questions it asks, the sentence that explains
it, and the points of an answer together with how they came about.
"""

from scoring.formula.answer import (
    AnswerKind,
    BadAnswer,
    Basis,
    Facts,
    Given,
    Outcome,
    Question,
    Submission,
    SubmissionState,
    not_applicable,
    not_scored,
    read_answer,
    rounded,
)
from scoring.formula.chosen import Choice, Option, Review
from scoring.formula.counted import Bonus, Count, Counted, Deduction
from scoring.formula.data import BadConfig, dump, load
from scoring.formula.known import Auto, Penalties, Tier, Tiers
from scoring.formula.measured import Band, Measure, Ratio, Relative, Step, StepPoints
from scoring.formula.method import METHODS, MethodName, describe, method_from, method_of
from scoring.formula.totals import Line, Totals, total_up
from scoring.formula.tree import Fault, Node, Section, tree_faults

__all__ = [
    "METHODS", "AnswerKind", "Auto", "BadAnswer", "BadConfig", "Band", "Basis", "Bonus", "Choice",
    "Count", "Counted", "Deduction", "Facts", "Fault", "Given", "Line", "Measure", "MethodName",
    "Node", "Option", "Outcome", "Penalties", "Question", "Ratio", "Relative", "Review",
    "Section", "Step", "StepPoints", "Submission", "SubmissionState", "Tier", "Tiers", "Totals",
    "describe", "dump", "load", "method_from", "method_of", "not_applicable", "not_scored",
    "read_answer", "rounded", "total_up", "tree_faults",
]  # fmt: skip
