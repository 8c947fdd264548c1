"""Every workflow as a diagram, drawn from its own table of moves, for `docs/states.md`."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db.models.enums import Choices

from accounts.workflow import Workflow

TITLE = """# Trạng thái hồ sơ

Do `manage.py draw_states` vẽ từ bảng `MOVES` của từng mô hình; không sửa tay. Quá hạn, trễ hạn
không phải là trạng thái: chúng được tính từ sổ nghĩa vụ mỗi khi xem."""


def workflows() -> list[type[Workflow]]:
    return [model for model in apps.get_models() if issubclass(model, Workflow)]


def statuses(model: type[Workflow]) -> type[Choices]:
    """The choices a workflow names `Status`, in the order of the work."""
    named: type[Choices] = model.Status  # type: ignore[attr-defined]
    return named


def diagram(model: type[Workflow]) -> str:
    order = [str(status.value) for status in statuses(model)]
    lines = [
        f"## {str(model._meta.verbose_name).capitalize()} (`{model._meta.label}`)",
        "",
        "```mermaid",
        "stateDiagram-v2",
        *(f"    {status.value}: {status.label}" for status in statuses(model)),
        f"    [*] --> {model._meta.get_field('status').get_default()}",
    ]
    for source in sorted(model.MOVES, key=order.index):
        targets = sorted(model.MOVES[source], key=order.index)
        lines += [f"    {source} --> {to}" for to in targets] or [f"    {source} --> [*]"]
    return "\n".join([*lines, "```"])


class Command(BaseCommand):
    help = "Vẽ sơ đồ trạng thái của mọi hồ sơ từ bảng MOVES."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("\n\n".join([TITLE, *map(diagram, workflows())]))
