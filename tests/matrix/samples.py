"""How to ask each address for something real: the values of its route, and a body that is good.

A good body, because a body that is refused for its text says nothing about rights.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.urls import NoReverseMatch, get_resolver, reverse

from campaign.datasets.targets import targets_state
from lib import clock
from tests.matrix import block_year, council, likeness, nominated, papered, readings, scoring, told
from tests.matrix.inspected import INSPECTION_BODIES, INSPECTION_VALUES, OF_ROUNDS, to_visit
from tests.matrix.keyed import KEY_BODIES, KEY_VALUES
from tests.matrix.looked import OF_SEVERAL, VIEW_BODIES, VIEW_VALUES
from tests.matrix.world import World

Value = Callable[[World, str], Any]
Body = Callable[[World, str, str], dict[str, Any]]


def nothing(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {}


def says(**typed: Any) -> Body:
    return lambda world, scope, principal: dict(typed)


@dataclass(frozen=True)
class Sample:
    """`states`: in which state the unit's version is put first; "" where it does not matter."""

    body: Body = nothing
    states: tuple[str, ...] = ("",)


def texts(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {"revision": "0", "document_number": "12/KH-STN", "purpose": "Mục đích đã sửa."}


def activity(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {"title": "Hội thi mới", "plan_codes": "II.1", "revision": "0"}


def no_targets(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {"chi-tieu-state": targets_state(world.places[scope].version)}


def extension(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {
        "gia-han-due": "29/3/2024",
        "gia-han-reason": "Lý do",
        "gia-han-document_number": "21/B",
    }


def unit(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {"unit": str(world.places[scope].unit.pk)}


def tick(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {"chon": str(world.places[scope].version.pk), "dong_y": "1"}


def file(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {"kind": "annex", "staged": token_of(world, principal)}


def token_of(world: World, principal: str) -> str:
    owner = principal if principal in world.staged else "officer"
    return str(world.staged[owner].token)


def proof(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {"link": "https://baotayninh.vn/tin", "staged": token_of(world, principal)}


def register(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {
        "unit": str(world.places[scope].unit.pk), "channel": "paper",
        "received_date": "21/3/2024", "received_time": "10:21", "document_number": "15/KH-SNV",
        "document_date": "20/3/2024", "signer_name": "Trần Thị Lan", "signer_position": "Giám đốc",
        "staged": token_of(world, principal),
    }  # fmt: skip


def cut_off(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {"kind": "ke-hoach", "day": "25/3/2024", "hour": "23:59"}


def period(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {
        "kind": "month", "name": "tháng 7/2024", "data_from": "15/6/2024", "data_to": "14/7/2024",
        "opens_on": "15/6/2024", "due_date": "17/7/2024", "asks_figures": "on",
        **owing(world, scope, principal),
    }  # fmt: skip


def owing(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {"phai-bao-cao-units": world.places[scope].unit.name}


def followed(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {
        "title": "Hội thao", "plan_codes": "II.1", "revision": "0", "starts_on": "1/4/2024",
        "ends_on": "2/4/2024",
    }  # fmt: skip


def beside(world: World, scope: str, principal: str) -> dict[str, Any]:
    """A unit that is asked to take part; nobody of the matrix writes for it."""
    row = world.places[scope].followed.participations.get()
    return {"don_vi": str(row.unit_id), "tra_loi": "xac-nhan"}


def another(world: World, scope: str, principal: str) -> dict[str, Any]:
    """An activity of the principals' block, to fold into."""
    other = "other_block" if scope == "same_block" else "same_block"
    return {"vao": str(world.places[other].followed.pk)}


def indicator(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {
        "code": "CT99", "name": "Số cuộc thi", "measure": "cuộc", "aggregate": "sum",
        "decimals": "0",
    }  # fmt: skip


def owed(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {"chon": str(world.places[scope].owed.pk), "dong_y": "1"}


def number(world: World, scope: str, principal: str) -> dict[str, Any]:
    prefix = f"so-{world.letter.pk}"
    return {f"{prefix}-number": "21/BTĐKT", f"{prefix}-issued_on": "22/4/2024"}


def days(world: World, scope: str, principal: str) -> dict[str, Any]:
    return {f"{kind}-before": "7, 3, 1" for kind in ("sub-plan", "progress-report", "follow-up")}


def decision(world: World, scope: str, principal: str) -> dict[str, Any]:
    due = clock.local_day(clock.now()) + timedelta(days=5)
    return {
        "decision": "tra-lai", "due": f"{due:%d/%m/%Y}",
        "form-mark": "chua-dat", "form-reason": "Thiếu chữ ký",
    }  # fmt: skip


DRAFTING = ("draft", "submitted")
UNSENT_AND_SENT = ("draft", "submitted")

SAMPLES = {
    "act-as": Sample(unit),
    "campaign:activities-export": Sample(states=UNSENT_AND_SENT),
    "campaign:activities-import": Sample(states=("draft",)),
    "campaign:activities-paste": Sample(says(rows="Hội thi\tII.1", save="1"), DRAFTING),
    "campaign:activities-return": Sample(states=DRAFTING),
    "campaign:activities-workbook": Sample(states=DRAFTING),
    "campaign:activities-template": Sample(states=DRAFTING),
    "campaign:activity": Sample(states=DRAFTING),
    "campaign:activity-add": Sample(activity, DRAFTING),
    "campaign:activity-edit": Sample(activity, DRAFTING),
    "campaign:activity-remove": Sample(states=DRAFTING),
    "campaign:chasing-remind": Sample(owed),
    "campaign:compare": Sample(states=UNSENT_AND_SENT),
    "campaign:draft": Sample(texts, DRAFTING),
    "campaign:draft-autosave": Sample(texts, DRAFTING),
    "campaign:draft-exclude": Sample(says(reason="Không thuộc lĩnh vực"), DRAFTING),
    "campaign:draft-file-remove": Sample(states=DRAFTING),
    "campaign:draft-files": Sample(file, DRAFTING),
    "campaign:draft-targets": Sample(no_targets, DRAFTING),
    "campaign:evidence-describe": Sample(says(caption="Lễ ra quân")),
    "campaign:evidence-of-activity": Sample(proof),
    "campaign:evidence-of-figure": Sample(proof),
    "campaign:evidence-of-report": Sample(proof),
    "campaign:evidence-remove": Sample(says()),
    "campaign:followed-activity-add": Sample(followed),
    "campaign:followed-activity-answer": Sample(beside),
    "campaign:followed-activity-ask": Sample(says(**{"moi-units": "Sở Của mình; Sở Cùng khối"})),
    "campaign:followed-activity-edit": Sample(followed),
    "campaign:followed-activity-fold": Sample(another),
    "campaign:followed-activity-move": Sample(says(buoc="bat-dau")),
    "campaign:followed-activity-release": Sample(beside),
    "campaign:hand-back": Sample(says(reason="Sửa lại"), ("awaiting_head", "submitted")),
    "campaign:hand-to-head": Sample(says(), DRAFTING),
    "campaign:indicator-add": Sample(indicator),
    "campaign:indicator-edit": Sample(indicator),
    "campaign:letter-new": Sample(owed),
    "campaign:letter-number": Sample(number),
    "campaign:my-sub-plan": Sample(unit, ("returned",)),
    "campaign:obligation-extend": Sample(extension),
    "campaign:obligation-level": Sample(
        says(**{"muc-do-level": "exempt", "muc-do-reason": "Mới thành lập"})
    ),
    "campaign:period-add": Sample(period),
    "campaign:period-edit": Sample(period),
    "campaign:period-owing-add": Sample(owing),
    "campaign:period-reopen": Sample(says(reason="Có đơn vị gửi lại")),
    "campaign:queue-take": Sample(tick, ("submitted",)),
    "campaign:receipt": Sample(states=UNSENT_AND_SENT),
    "campaign:receipt-pdf": Sample(states=UNSENT_AND_SENT),
    "campaign:register-receipt": Sample(register, ("returned",)),
    "campaign:reminder-rules": Sample(days),
    "campaign:review": Sample(states=("draft", "submitted", "under_review")),
    "campaign:review-assignments": Sample(says()),
    "campaign:review-decide": Sample(decision, ("submitted", "under_review")),
    "campaign:review-note": Sample(says(text="Đã gọi điện"), UNSENT_AND_SENT),
    "campaign:review-take": Sample(says(), ("draft", "submitted", "under_review")),
    "campaign:sub-plan": Sample(states=("draft", "awaiting_head", "submitted", "returned")),
    "campaign:sub-plan-file": Sample(states=UNSENT_AND_SENT),
    "campaign:sub-plan-preview": Sample(states=UNSENT_AND_SENT),
    "campaign:submit": Sample(says(), ("draft", "awaiting_head", "submitted")),
    "campaign:verify-code": Sample(states=("submitted",)),
    "campaign:withdraw": Sample(says(reason="Nhầm tệp"), ("submitted", "under_review")),
    "reports:reports": Sample(cut_off),
    **{name: Sample(says(**typed)) for name, typed in INSPECTION_BODIES.items()},
    "campaign:visits-add": Sample(to_visit),
}
SAMPLES |= {name: Sample(says(**typed)) for name, typed in readings.BODIES.items()}
BODIES = scoring.BODIES | papered.BODIES | block_year.BODIES | likeness.BODIES | council.BODIES
BODIES |= nominated.BODIES | VIEW_BODIES | KEY_BODIES
SAMPLES |= {name: Sample(body) for name, body in BODIES.items()}
SAMPLES |= {name: Sample(*asked) for name, asked in told.asked(decision, unit).items()}


def sample_of(url_name: str) -> Sample:
    return SAMPLES.get(url_name, Sample())


ABOUT_A_UNIT = {"act-as", "files:staged", "units:unit", "units:block"} | nominated.ABOUT_A_UNIT
ABOUT_A_UNIT |= (
    told.OVERVIEWS | scoring.ABOUT_A_BLOCK | block_year.ABOUT_A_BLOCK | likeness.ABOUT_A_UNIT
)
OF_NO_UNIT = {
    "campaign:activities",
    "campaign:followed-activity-add",
    "campaign:plan",
    "campaign:plan-item",
    "campaign:queue",
    "campaign:periods",
    "campaign:period",
    "campaign:review-assignments",
}
OF_NO_UNIT |= {
    f"campaign:period-{act}"
    for act in ("add", "drop", "edit", "lock", "open", "owing-add", "owing-remove", "reopen")
}
OF_NO_UNIT |= {"campaign:indicators", "campaign:indicator-add", "campaign:indicator-edit"}
OF_NO_UNIT |= {f"campaign:indicator-{act}" for act in ("up", "down", "retire", "restore")}
OF_NO_UNIT |= {
    f"campaign:{name}"
    for name in (
        "chasing", "chasing-list", "chasing-remind", "reminder-rules", "reminders-seen",
        "letters", "letter-new", "letter-number", "letter-file", "outbox", "outbox-resend",
    )
}  # fmt: skip
OF_NO_UNIT |= {"campaign:my-reports", "campaign:sub-plans", "campaign:verify"} | OF_ROUNDS
OF_NO_UNIT |= readings.OF_THE_BOARD | OF_SEVERAL


def is_about_a_unit(url_name: str) -> bool:
    """Whether it matters whose record is asked for."""
    is_campaigns = url_name.startswith("campaign:") and url_name not in OF_NO_UNIT
    return is_campaigns or url_name in ABOUT_A_UNIT


def _report(state: str) -> Value:
    return lambda world, scope: world.reports[state].pk


def _period(state: str) -> Value:
    return lambda world, scope: world.periods[state].pk


FOLLOWED_ACTS = (
    "", "-edit", "-move", "-ask", "-answer", "-release", "-fold", "-unfold", "-hand-back",
)  # fmt: skip

# For a name of a converter; "address name" where one address means something else by it.
VALUES: dict[str, Value] = {
    "pk": lambda world, scope: world.places[scope].version.pk,
    "other_pk": lambda world, scope: world.places[scope].earlier.pk,
    "file_pk": lambda world, scope: world.places[scope].file.pk,
    "activity_pk": lambda world, scope: world.places[scope].activity.pk,
    "campaign:evidence-of-activity pk": lambda world, scope: world.places[scope].followed.pk,
    "campaign:evidence-of-figure pk": lambda world, scope: world.places[scope].report.pk,
    **{
        f"campaign:indicator-{act} pk": lambda world, scope: world.indicator.pk
        for act in ("edit", "up", "down", "retire", "restore")
    },
    "campaign:evidence-of-figure code": lambda world, scope: world.indicator.code,
    "campaign:evidence-of-report pk": lambda world, scope: world.places[scope].report.pk,
    **{
        f"campaign:evidence{act} pk": lambda world, scope: world.places[scope].evidence.pk
        for act in ("", "-thumbnail", "-describe", "-remove")
    },
    **{
        f"campaign:followed-activity{act} pk": lambda world, scope: world.places[scope].followed.pk
        for act in FOLLOWED_ACTS
    },
    "campaign:obligation pk": lambda world, scope: world.places[scope].owed.pk,
    "campaign:obligation-extend pk": lambda world, scope: world.places[scope].owed.pk,
    "campaign:obligation-level pk": lambda world, scope: world.places[scope].owed.pk,
    "campaign:draft-exclude code": lambda world, scope: world.duty.code,
    "campaign:letter-number pk": lambda world, scope: world.letter.pk,
    "campaign:letter-file pk": lambda world, scope: world.letter.pk,
    "campaign:outbox-resend pk": lambda world, scope: world.failed_mail.pk,
    "campaign:plan code": lambda world, scope: world.campaign.code,
    "campaign:plan-item code": lambda world, scope: world.campaign.code,
    "item_code": lambda world, scope: world.item.code,
    "campaign:verify-code code": lambda world, scope: f"2024-M{world.places[scope].version.pk:09X}",
    "campaign:period pk": _period("open"),
    "campaign:period-drop pk": _period("planned"),
    "campaign:period-edit pk": _period("planned"),
    "campaign:period-lock pk": _period("open"),
    "campaign:period-open pk": _period("planned"),
    "campaign:period-owing-add pk": _period("open"),
    "campaign:period-owing-remove pk": _period("planned"),
    "campaign:period-reopen pk": _period("locked"),
    "units:unit code": lambda world, scope: world.places[scope].unit.code,
    "units:block code": lambda world, scope: (
        world.places[scope].unit.block_memberships.get().block.code
    ),
    "reports:figure code": lambda world, scope: world.indicator.code,
    "reports:report-source code": lambda world, scope: world.indicator.code,
    **{
        f"reports:report{name} pk": _report("done")
        for name in ("", "-units", "-activities", "-source", "-file", "-progress")
    },
    "reports:report-cancel pk": _report("queued"),
    "reports:report-retry pk": _report("failed"),
    **INSPECTION_VALUES,
    "kind": lambda world, scope: "pdf",
    "token": lambda world, scope: world.staged["officer" if scope == "own" else "reviewer"].token,
    "uidb36": lambda world, scope: "1",
    "key": lambda world, scope: "khong-co-khoa",
    "id": lambda world, scope: world.people["officer"].pk,
    "content_type_id": lambda world, scope: 1,
    "admin:view_on_site object_id": lambda world, scope: 1,
    "app_label": lambda world, scope: "units",
    "url": lambda world, scope: "khong-co",
}
VALUES |= scoring.VALUES | block_year.VALUES | told.VALUES | readings.VALUES | papered.VALUES
VALUES |= likeness.VALUES | council.VALUES | nominated.VALUES | VIEW_VALUES | KEY_VALUES


class NoSample(Exception):
    """An address asks for a value nobody has given a sample of."""


def path_of(url_name: str, world: World, scope: str, **instead: Any) -> str:
    """The address of what a unit has; `instead` puts other values in their place."""
    for names in names_in(url_name):
        try:
            values = {name: value_of(url_name, name, world, scope) for name in names}
            return reverse(url_name, kwargs={**values, **instead})
        except NoReverseMatch:
            continue
    raise NoSample(url_name)


def value_of(url_name: str, name: str, world: World, scope: str) -> Any:
    if name == "object_id" and url_name.rpartition("_")[2] in ADMINISTERED:
        return _administered(url_name)
    value = VALUES.get(f"{url_name} {name}") or VALUES.get(name)
    if value is None:
        raise NoSample(f"{url_name}: {name}")
    return value(world, scope)


ADMINISTERED = {"change", "delete", "history"}


def _administered(url_name: str) -> Any:
    """A record of the list an address of the administration belongs to."""
    app, _, rest = url_name.removeprefix("admin:").partition("_")
    models = {model._meta.model_name: model for model in apps.get_app_config(app).get_models()}
    row = models[rest.rpartition("_")[0]]._base_manager.order_by("pk").first()
    return row.pk if row else 0


def names_in(url_name: str) -> list[tuple[str, ...]]:
    """The names in the route of an address, one tuple for each way it can be written."""
    *spaces, last = url_name.split(":")
    resolver = get_resolver()
    for space in spaces:
        resolver = resolver.namespace_dict[space][1]
    found = resolver.reverse_dict.getlist(last)
    return [tuple(names) for possibilities, *_ in found for _, names in possibilities]


def body_of(url_name: str, world: World, scope: str, principal: str) -> dict[str, Any]:
    return {"form_key": str(uuid4()), **sample_of(url_name).body(world, scope, principal)}
