"""What a nomination must satisfy (điều kiện xét khen thưởng): rules R1–R19 on plain values.

A rule is a row with a sentence, a severity, a legal basis, days and settings; what it looks at
is one function here, found by the rule's code. Nothing here knows a database or a page.
"""

from awards.eligibility.facts import Award, Facts, Vote, Year
from awards.eligibility.missing import missing
from awards.eligibility.rules import CHECKS, Finding, Rule, Severity, check

__all__ = [
    "CHECKS",
    "Award",
    "Facts",
    "Finding",
    "Rule",
    "Severity",
    "Vote",
    "Year",
    "check",
    "missing",
]
