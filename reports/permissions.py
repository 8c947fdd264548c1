"""Who may have a consolidated report built, and who does what with its paper. Who may read it,
`Report.objects.visible_to` says."""

from accounts.models import User
from reports.models import Paper, Report
from units.permissions import is_board_head, is_board_reviewer


def may_build_report(user: User) -> bool:
    """A reviewer or the head of Ban Thi đua starts it (bảng quyền: “start”)."""
    return is_board_reviewer(user)


def may_change_report(user: User, report: Report) -> bool:
    """Cancel it or have it built again."""
    return may_build_report(user)


def may_edit_paper(user: User, paper: Paper) -> bool:
    """Word it, have its files made, propose it, give it the number of the register."""
    return is_board_reviewer(user)


def may_approve_paper(user: User, paper: Paper) -> bool:
    """Approve it, hand it back, issue it: the head of Ban Thi đua."""
    return is_board_head(user)


def may_word_templates(user: User) -> bool:
    return is_board_reviewer(user)
