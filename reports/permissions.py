"""Who may have a consolidated report built. Who may read it, `Report.objects.visible_to` says."""

from accounts.models import User
from reports.models import Report
from units.permissions import is_board_reviewer


def may_build_report(user: User) -> bool:
    """A reviewer or the head of Ban Thi đua starts it (bảng quyền: “start”)."""
    return is_board_reviewer(user)


def may_change_report(user: User, report: Report) -> bool:
    """Cancel it or have it built again."""
    return may_build_report(user)
