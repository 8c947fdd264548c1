"""What a nomination still lacks before anybody can judge it."""

from awards.eligibility.facts import Facts


def missing(facts: Facts) -> list[str]:
    """What has to be filled in, by the names on the form; the law does not say it in one place."""
    person = facts.recipient == "individual"
    asked = [
        ("Giới tính", not person or facts.gender),
        ("Nhóm đối tượng (trực tiếp lao động, lãnh đạo …)", not person or facts.rank),
        ("Thời gian lập thành tích", facts.achieved_from and facts.achieved_to),
        ("Báo cáo thành tích", facts.achievement.strip()),
        ("Tóm tắt thành tích cho danh sách", facts.summary.strip()),
    ]
    return [name for name, there in asked if not there]
