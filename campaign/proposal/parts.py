"""What a part of a plan is about, told by its heading."""

import re

from campaign.proposal.row import BULLET, CONTENT, PROVISION, PURPOSE, SOLUTION

PURPOSES = "purposes"
CONTENTS = "contents"
SOLUTIONS = "solutions"
ORGANISING = "organising"
OTHER = "other"

# The first that fits: “Nhiệm vụ, giải pháp và tổ chức thực hiện” organises.
_PARTS = (
    (ORGANISING, r"tổ chức (?:thực hiện|triển khai)|phân công|trách nhiệm"),
    (PURPOSES, r"mục đích|yêu cầu|quan điểm|mục tiêu|chỉ tiêu|tình hình|thực trạng|phạm vi|đối tượng"),
    (CONTENTS, r"nội dung|chủ đề|tiêu chí"),
    (SOLUTIONS, r"giải pháp|nhiệm vụ|biện pháp|hoạt động"),
)  # fmt: skip


def part_of(heading: str) -> str:
    return next(
        (part for part, pattern in _PARTS if re.search(pattern, heading, re.IGNORECASE)), OTHER
    )


def kind_of(part: str, depth: int, *, is_heading: bool) -> str:
    """What stands `depth` marks below the heading of its part."""
    if part == PURPOSES:
        return PURPOSE
    if part == CONTENTS and depth == 1:
        return CONTENT
    if part == SOLUTIONS:
        return SOLUTION if is_heading else BULLET
    return PROVISION
