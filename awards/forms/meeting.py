"""What is typed about a meeting of the council: its facts, who came, what was concluded."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from awards.datasets.facts import MeetingFacts, Outcome
from awards.forms.fields import NominationsField, offer
from awards.models import AgendaItem, Attendance, Meeting
from awards.models.catalogue import quorum_share
from awards.models.nomination import NominationQuerySet
from campaign.forms.fields import DayField, LineField, ParagraphsField
from campaign.forms.review import TimeField
from lib import clock

State = Attendance.State
NOT_A_MEMBER = "khong-thuoc"
OUTCOMES = [("dong-y", "Thống nhất"), ("khong", "Không thống nhất"), ("", "Chưa xét")]
AGREED = {"dong-y": True, "khong": False, "": None}
TYPED = {agreed: word for word, agreed in AGREED.items()}
BAD_QUORUM = "Viết tỷ lệ dạng 2/3, không lớn hơn 1."


class MeetingForm(forms.Form):
    """When and where the council meets."""

    body = forms.ChoiceField(label="Thành phần", choices=Meeting.Body)
    title = LineField(
        label="Nội dung họp", max_length=200, error_messages={"required": "Hãy ghi nội dung họp."}
    )
    day = DayField(label="Ngày họp", error_messages={"required": "Hãy ghi ngày họp."})
    hour = TimeField(label="Giờ họp", error_messages={"required": "Hãy ghi giờ họp."})
    place = LineField(label="Địa điểm", required=False, max_length=200)
    chair = LineField(label="Chủ trì", required=False, max_length=150)
    secretary = LineField(label="Thư ký", required=False, max_length=150)
    quorum = LineField(
        label="Tỷ lệ dự họp tối thiểu", required=False, max_length=7,
        help_text="Ví dụ 2/3, theo quy chế của Hội đồng. Để trống: 2/3.",
    )  # fmt: skip

    def clean_quorum(self) -> str:
        text: str = self.cleaned_data["quorum"].replace(" ", "")
        first, slash, second = text.partition("/")
        if text and not (slash and first.isdecimal() and second.isdecimal()):
            raise ValidationError(BAD_QUORUM)
        if text and not 0 < int(first) <= int(second):
            raise ValidationError(BAD_QUORUM)
        return text if quorum_share(text) else ""

    def facts(self) -> MeetingFacts:
        typed = dict(self.cleaned_data)
        day, hour = typed.pop("day"), typed.pop("hour")
        return MeetingFacts(meets_at=datetime.combine(day, hour, clock.LOCAL), **typed)


def typed_facts(meeting: Meeting) -> dict[str, Any]:
    local = meeting.meets_at.astimezone(clock.LOCAL)
    names = ("body", "title", "place", "chair", "secretary", "quorum")
    hour = time(local.hour, local.minute)
    return {
        **{name: getattr(meeting, name) for name in names},
        "day": local.date(),
        "hour": f"{hour:%H:%M}",
    }


class AgendaForm(forms.Form):
    """The nominations of the agenda; none at all empties it."""

    nominations = NominationsField(required=False)

    def __init__(self, *args: Any, offered: NominationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "nominations", offered)


class AttendanceForm(forms.Form):
    """Each member: office in the council, here or not. Who is no member is taken off in time."""

    def __init__(
        self, *args: Any, meeting: Meeting, members: Sequence[Attendance], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        choices = list(State.choices)
        if meeting.is_editable:
            choices.append((NOT_A_MEMBER, "Không thuộc thành phần"))
        for row in members:
            self.fields[f"trang-thai-{row.pk}"] = forms.ChoiceField(
                label=f"Dự họp: {row.member}", choices=choices, initial=row.state
            )
            self.fields[f"chuc-danh-{row.pk}"] = LineField(
                label=f"Chức danh của {row.member}", required=False, max_length=150,
                initial=row.position,
            )  # fmt: skip

    def rows(self) -> list[tuple[Attendance, BoundField, BoundField]]:
        return [
            (row, self[f"chuc-danh-{row.pk}"], self[f"trang-thai-{row.pk}"]) for row in self.members
        ]

    def kept(self) -> list[Attendance]:
        """The members as they are now, but for those who were no members."""
        for row in self.members:
            row.position = self.cleaned_data[f"chuc-danh-{row.pk}"]
            if not self._leaves(row):
                row.state = self.cleaned_data[f"trang-thai-{row.pk}"]
        return [row for row in self.members if not self._leaves(row)]

    def left_out(self) -> list[Attendance]:
        return [row for row in self.members if self._leaves(row)]

    def _leaves(self, row: Attendance) -> bool:
        return bool(self.cleaned_data[f"trang-thai-{row.pk}"] == NOT_A_MEMBER)


class OutcomesForm(forms.Form):
    """What the council said of each; of what a ballot decided only a note can be added."""

    minutes = ParagraphsField(
        label="Ý kiến tại phiên họp", required=False, max_length=20_000,
        help_text="Mỗi ý một dòng; in vào biên bản.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, items: Sequence[AgendaItem], voted: set[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.voted = items, voted
        for item in items:
            self.fields[f"ket-luan-{item.pk}"] = forms.ChoiceField(
                label=f"Kết luận về {item.nomination}", required=False, choices=OUTCOMES,
                initial=TYPED[item.agreed], disabled=item.nomination_id in voted,
            )  # fmt: skip
            self.fields[f"y-kien-{item.pk}"] = LineField(
                label=f"Ý kiến về {item.nomination}", required=False, max_length=500,
                initial=item.note,
            )  # fmt: skip

    def rows(self) -> list[tuple[AgendaItem, BoundField, BoundField]]:
        return [
            (item, self[f"ket-luan-{item.pk}"], self[f"y-kien-{item.pk}"]) for item in self.items
        ]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        for item in self.items:
            refused = typed.get(f"ket-luan-{item.pk}") == "khong"
            if refused and not typed.get(f"y-kien-{item.pk}"):
                self.add_error(f"y-kien-{item.pk}", "Hãy ghi lý do Hội đồng không thống nhất.")
        return typed

    def outcomes(self) -> dict[int, Outcome]:
        typed = self.cleaned_data
        return {
            item.pk: Outcome(AGREED[typed[f"ket-luan-{item.pk}"]], typed[f"y-kien-{item.pk}"])
            for item in self.items
        }


class ReasonForm(forms.Form):
    """Why something is called off."""

    reason = LineField(label="Lý do", max_length=300, error_messages={"required": "Hãy ghi lý do."})
