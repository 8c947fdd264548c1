"""What a reason or a question is about, in words: a part of the text, an indicator, or all of it."""

from campaign import sections

WHOLE = "chung"


def about_in_words(about: str) -> str:
    if about == WHOLE:
        return "Toàn bộ báo cáo"
    part = sections.section(about)
    return f"Mục {part.code} {part.title}" if part else f"Chỉ tiêu {about}"
