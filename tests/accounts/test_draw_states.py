from io import StringIO

from django.apps import apps
from django.core.management import call_command

from accounts.management.commands.draw_states import diagram, workflows
from accounts.workflow import Workflow
from campaign.models import SubPlan


def test_every_workflow_is_drawn():
    out = StringIO()
    call_command("draw_states", stdout=out)

    titles = [line for line in out.getvalue().splitlines() if line.startswith("## ")]
    assert titles[0] == "## Kế hoạch triển khai (`campaign.SubPlan`)"
    assert len(titles) == len(workflows()) == len(set(titles))
    assert set(workflows()) == {model for model in apps.get_models() if issubclass(model, Workflow)}


def test_each_status_is_named_and_each_move_is_an_arrow():
    lines = [line.strip() for line in diagram(SubPlan).splitlines()]

    names = [line for line in lines if ": " in line]
    assert names == [f"{status.value}: {status.label}" for status in SubPlan.Status]
    arrows = {tuple(line.split(" --> ")) for line in lines if " --> " in line}
    moves = {(source, to) for source, targets in SubPlan.MOVES.items() for to in targets}
    ends = {(source, "[*]") for source, targets in SubPlan.MOVES.items() if not targets}
    assert arrows == moves | ends | {("[*]", "draft")}
