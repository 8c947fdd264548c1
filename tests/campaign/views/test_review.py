from datetime import timedelta

import pytest
from django.urls import reverse

from campaign.checklist import Line
from campaign.models import ChecklistMark, InternalNote, ReturnReason, SubPlan
from files.models import StoredFile
from files.store import store
from lib import clock
from lib.vietnamese import short_date
from tests.campaign.sending import questions, send
from tests.factories import (
    BoardHeadFactory,
    DutyFactory,
    HeadFactory,
    LeadershipFactory,
    OfficerFactory,
    PlannedActivityFactory,
    ReviewerFactory,
    StoredFileFactory,
    SubPlanFactory,
    SubPlanFileFactory,
)

pytestmark = pytest.mark.django_db

Status = SubPlan.Status
IN_A_WEEK = short_date(clock.local_day(clock.now()) + timedelta(days=7))


@pytest.fixture
def reviewer(client):
    person = ReviewerFactory()
    client.force_login(person)
    return person


@pytest.fixture
def taken(reviewer):
    return SubPlanFactory(under_review=True, reviewer=reviewer)


def page(sub_plan):
    return reverse("campaign:review", args=[sub_plan.pk])


def decide(client, sub_plan, decision, **typed):
    url = reverse("campaign:review-decide", args=[sub_plan.pk])
    return send(client, url, decision=decision, **typed)


def bad(line, reason):
    return {f"{line.code}-mark": "chua-dat", f"{line.code}-reason": reason}


# --- who ---


@pytest.mark.parametrize("person", [OfficerFactory, HeadFactory])
def test_the_units_own_people_never_see_the_boards_page(client, person):
    plan = SubPlanFactory(under_review=True)
    ChecklistMark.objects.create(
        sub_plan=plan, line="form", is_good=False, reason="Riêng của Ban", by=plan.reviewer,
        at=plan.submitted_at,
    )  # fmt: skip
    InternalNote.objects.create(
        sub_plan=plan, text="Riêng của Ban", by=plan.reviewer, at=plan.submitted_at
    )
    client.force_login(person(unit=plan.unit))

    assert client.get(page(plan)).status_code == 403
    assert "Riêng của Ban" not in client.get(plan.get_absolute_url()).content.decode()


def test_a_stranger_does_not_learn_that_there_is_one(client):
    client.force_login(OfficerFactory())

    assert client.get(page(SubPlanFactory(under_review=True))).status_code == 404


def test_a_reader_of_the_province_does_not_review(client):
    client.force_login(LeadershipFactory())

    assert client.get(page(SubPlanFactory(under_review=True))).status_code == 403


def test_a_reviewer_of_the_same_unit_does_not_review(client, reviewer):
    own = SubPlanFactory(submitted=True, unit=reviewer.memberships.get().unit)

    assert client.get(page(own)).status_code == 403


def test_a_draft_is_not_there_to_review(client, reviewer):
    assert client.get(page(SubPlanFactory())).status_code == 404


# --- taking ---


def test_one_that_waits_is_taken_first(client, reviewer):
    plan = SubPlanFactory(submitted=True)
    shown = client.get(page(plan)).context

    response = send(client, reverse("campaign:review-take", args=[plan.pk]) + "?khoi=")

    assert (shown["can_take"], shown["can_decide"]) == (True, False)
    assert response.url == f"{page(plan)}?khoi="
    assert client.get(page(plan)).context["can_decide"] is True


def test_the_second_to_take_it_is_told(client, reviewer):
    plan = SubPlanFactory(under_review=True)

    response = send(client, reverse("campaign:review-take", args=[plan.pk]))

    assert response.status_code == 409


def test_what_another_reviews_is_read_only_but_for_the_head(client, reviewer):
    plan = SubPlanFactory(under_review=True)

    assert client.get(page(plan)).context["can_decide"] is False
    assert decide(client, plan, "tiep-nhan").status_code == 403
    client.force_login(BoardHeadFactory())
    assert client.get(page(plan)).context["can_decide"] is True


# --- what is shown ---


def test_findings_stand_at_their_line(client, taken):
    SubPlan.objects.filter(pk=taken.pk).update(commendation="")

    findings = client.get(page(taken)).context["reading"].findings

    assert [found.message for found in findings["commendation"]] == [
        "Chưa nêu dự kiến khen thưởng."
    ]
    assert findings["purpose"] == ()


def test_a_plan_from_paper_is_not_blamed_for_what_was_never_typed(client, reviewer):
    paper = SubPlanFactory(under_review=True, reviewer=reviewer, channel=SubPlan.Channel.PAPER)

    reading = client.get(page(paper)).context["reading"]

    assert (reading.is_declared, reading.error_count) == (False, 0)


def test_duties_without_activity_come_first(client, taken):
    covered, open_duty = (DutyFactory(campaign=taken.campaign, unit=taken.unit) for _ in range(2))
    PlannedActivityFactory(sub_plan=taken, plan_items=[covered.item])

    duties = client.get(page(taken)).context["reading"].coverage.duties

    assert [duty.item for duty in duties] == [open_duty.item, covered.item]


def test_on_a_resubmission_only_what_changed_is_lit(client, reviewer):
    first = SubPlanFactory(returned=True)
    ReturnReason.objects.create(sub_plan=first, line="form", text="Thiếu dấu")
    kept = PlannedActivityFactory(sub_plan=first)
    second = SubPlanFactory(
        under_review=True, reviewer=reviewer, unit=first.unit, version=2,
        document_number=first.document_number, purpose="Mục đích viết lại",
    )  # fmt: skip
    PlannedActivityFactory(sub_plan=second, key=kept.key, title=kept.title)
    added = PlannedActivityFactory(sub_plan=second)

    reading = client.get(page(second)).context["reading"]

    assert [fact.label for fact in reading.facts + reading.texts if fact.is_changed] == [
        "Mục đích, yêu cầu"
    ]
    assert [line.activity for line in reading.activities if line.is_changed] == [added]
    assert [reason.text for reason in reading.before] == ["Thiếu dấu"]


def test_a_first_submission_has_nothing_to_compare(client, taken):
    assert client.get(page(taken)).context["reading"].difference is None


def test_next_and_previous_pass_over_the_own_unit(client, reviewer):
    first, here = SubPlanFactory(submitted=True), SubPlanFactory(submitted=True)
    SubPlanFactory(submitted=True, unit=reviewer.memberships.get().unit)
    last = SubPlanFactory(submitted=True)

    around = client.get(page(here)).context["neighbours"]

    assert (around.previous, around.next) == (first.pk, last.pk)
    assert (around.position, around.count) == (2, 3)


def test_after_taking_the_first_that_waits_is_next(client, taken):
    waiting = SubPlanFactory(submitted=True)

    around = client.get(page(taken)).context["neighbours"]

    assert (around.previous, around.next) == (None, waiting.pk)


def test_the_page_asks_as_much_for_three_activities_as_for_one(client, taken):
    PlannedActivityFactory(sub_plan=taken)
    one = questions(client, page(taken))
    PlannedActivityFactory.create_batch(2, sub_plan=taken)

    assert questions(client, page(taken)) == one


# --- the file ---


def preview(file):
    return reverse("campaign:sub-plan-preview", args=[file.sub_plan_id, file.pk])


def test_a_pdf_is_shown_in_our_own_frame(client, taken):
    content = b"%PDF-1.7\n%%EOF\n"
    sha256, _ = store(content)
    stored = StoredFileFactory(content=content, sha256=sha256)
    file = SubPlanFileFactory(sub_plan=taken, stored=stored)

    response = client.get(preview(file))

    assert b"".join(response.streaming_content) == content
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Content-Disposition"].split(";")[0] == "inline"


def test_the_preview_is_for_who_may_review(client):
    file = SubPlanFileFactory(sub_plan=SubPlanFactory(under_review=True))
    client.force_login(OfficerFactory(unit=file.sub_plan.unit))

    assert client.get(preview(file)).status_code == 403


def test_a_file_of_another_sub_plan_is_not_there(client, taken):
    foreign = SubPlanFileFactory(sub_plan=SubPlanFactory(submitted=True))

    url = reverse("campaign:sub-plan-preview", args=[taken.pk, foreign.pk])

    assert client.get(url).status_code == 404


def test_a_word_file_is_offered_to_save(client, taken):
    StoredFile.objects.update(kind="docx")

    shown = client.get(page(taken))

    assert shown.context["file"].stored.kind == "docx"
    assert shown.content.decode().count("<iframe") == 0


# --- deciding ---


def test_marks_are_kept_with_their_reasons(client, taken):
    decide(
        client, taken, "luu", **{"basis-mark": "dat"}, **bad(Line.FORM, "Thiếu dấu")
    )  # fmt: skip

    assert list(ChecklistMark.objects.order_by("pk").values_list("line", "is_good", "reason")) == [
        ("form", False, "Thiếu dấu"),
        ("basis", True, ""),
    ]
    lines = [line for line, _ in client.get(page(taken)).context["lines"]]
    assert [line["reason"].value() for line in lines[:2]] == ["Thiếu dấu", ""]


def test_accepting_notes_what_the_unit_will_read(client, taken):
    decide(client, taken, "tiep-nhan", note="Đầy đủ, đúng hạn")

    taken.refresh_from_db()
    assert taken.status == Status.ACCEPTED


def test_a_line_that_is_not_good_stands_against_accepting(client, taken):
    response = decide(client, taken, "tiep-nhan", **bad(Line.FORM, "Thiếu dấu"))

    assert response.status_code == 422
    assert SubPlan.objects.get(pk=taken.pk).status == Status.UNDER_REVIEW


def test_a_return_gives_the_reasons_of_the_bad_lines(client, taken):
    decide(
        client, taken, "tra-lai", due=IN_A_WEEK, **{"basis-mark": "dat"},
        **bad(Line.FORM, "Thiếu dấu"), **bad(Line.ACTIVITIES, "Chưa có chỉ tiêu"),
    )  # fmt: skip

    taken.refresh_from_db()
    assert (taken.status, short_date(taken.return_due_date)) == (Status.RETURNED, IN_A_WEEK)
    assert list(taken.return_reasons.order_by("pk").values_list("line", "text")) == [
        ("form", "Thiếu dấu"),
        ("activities", "Chưa có chỉ tiêu"),
    ]
    assert taken.obligation().met_at == taken.submitted_at


def test_a_return_may_declare_the_submission_void(client, taken):
    decide(
        client, taken, "tra-lai", due=IN_A_WEEK, is_void="on", void_reason="Nhầm văn bản",
        **bad(Line.FORM, "Đây là báo cáo, không phải kế hoạch"),
    )  # fmt: skip

    taken.refresh_from_db()
    assert (taken.status, taken.is_void) == (Status.RETURNED, True)
    assert taken.obligation().met_at is None


@pytest.mark.parametrize(
    "typed",
    [
        {"due": IN_A_WEEK},
        {"due": IN_A_WEEK, **bad(Line.FORM, "")},
        {"due": "", **bad(Line.FORM, "Thiếu dấu")},
        {"due": "22/3/2024", **bad(Line.FORM, "Thiếu dấu")},
        {"due": "mai", **bad(Line.FORM, "Thiếu dấu")},
        {"due": IN_A_WEEK, "is_void": "on", **bad(Line.FORM, "Thiếu dấu")},
        {"due": IN_A_WEEK, **bad(Line.FORM, "x" * 501)},
    ],
)
def test_a_return_that_says_too_little_is_shown_again_as_typed(client, taken, typed):
    response = decide(client, taken, "tra-lai", **typed)

    assert response.status_code == 422
    first, _ = response.context["lines"][0]
    assert first["reason"].value() == typed.get("form-reason")
    assert response.context["decision"]["due"].value() == typed["due"]
    assert (taken.return_reasons.count(), taken.checklist_marks.count()) == (0, 0)


def test_a_reason_without_a_mark_is_asked_about(client, taken):
    assert decide(client, taken, "luu", **{"form-reason": "Thiếu dấu"}).status_code == 422


def test_putting_back_frees_it_for_others(client, taken):
    decide(client, taken, "dua-lai")

    taken.refresh_from_db()
    assert (taken.status, taken.reviewer) == (Status.SUBMITTED, None)


def test_what_is_decided_is_decided(client, reviewer):
    plan = SubPlanFactory(accepted=True, reviewer=reviewer)

    assert decide(client, plan, "tiep-nhan").status_code == 409


def test_a_button_nobody_made_is_422(client, taken):
    assert decide(client, taken, "xoa").status_code == 422


def test_a_double_press_accepts_once(client, taken):
    url = reverse("campaign:review-decide", args=[taken.pk])
    body = {"form_key": "1b4e28ba-2fa1-41d2-883f-0016d3cca427", "decision": "tiep-nhan"}

    first, second = client.post(url, body), client.post(url, body)

    assert (first.url, second.url) == (page(taken), page(taken))


# --- notes ---


def test_a_note_is_kept_for_reviewers(client, taken):
    url = reverse("campaign:review-note", args=[taken.pk])

    response = send(client, url, text="Đã gọi điện cho đơn vị")

    assert response.url == f"{page(taken)}#ghi-chu"
    assert [note.text for note in client.get(page(taken)).context["notes"]] == [
        "Đã gọi điện cho đơn vị"
    ]


def test_an_empty_note_is_422(client, taken):
    assert (
        send(client, reverse("campaign:review-note", args=[taken.pk]), text=" ").status_code == 422
    )
