"""A sub-plan's rows as the plain values the checklist and the comparison read."""

from datetime import date

from campaign.checklist import ActivityContent, Content
from campaign.datasets.targets import targets_of
from campaign.models import Duty, PlanItem, SubPlan, SubPlanFile
from units.models import Unit

# Party, army and mass organisations number their papers by their own rules.
STATE_FORM = {Unit.Group.DEPARTMENT, Unit.Group.DISTRICT, Unit.Group.PUBLIC_SERVICE}


def content_of(sub_plan: SubPlan, *, today: date) -> Content:
    """Everything the checklist asks about, in a fixed number of queries."""
    campaign = sub_plan.campaign
    duties = Duty.objects.of_unit(sub_plan.unit).filter(item__campaign=campaign)
    solutions = PlanItem.objects.filter(campaign=campaign).solutions().in_order()
    excluded = sub_plan.exclusions.values_list("plan_item__code", flat=True)
    return Content(
        document_number=sub_plan.document_number,
        document_date=sub_plan.document_date,
        signer_name=sub_plan.signer_name,
        legal_basis=sub_plan.legal_basis,
        purpose=sub_plan.purpose,
        theme=sub_plan.theme,
        organisation=sub_plan.organisation,
        commendation=sub_plan.commendation,
        ho_chi_minh_link=sub_plan.ho_chi_minh_link,
        has_signed_file=sub_plan.files.filter(kind=SubPlanFile.Kind.SIGNED).exists(),
        activities=activities_of(sub_plan),
        excluded_codes=frozenset(excluded),
        duty_codes=tuple(duties.values_list("item__code", flat=True)),
        solution_codes=tuple(solutions.values_list("code", flat=True)),
        campaign_theme=campaign.theme,
        plan_number=campaign.document_number,
        plan_issued_on=campaign.issued_on,
        window=(campaign.starts_on, campaign.ends_on),
        today=today,
        targets=targets_of(sub_plan),
        uses_state_form=sub_plan.unit.group in STATE_FORM,
    )


def activities_of(sub_plan: SubPlan) -> tuple[ActivityContent, ...]:
    rows = sub_plan.activities.prefetch_related("plan_items").order_by("position", "pk")
    return tuple(
        ActivityContent(
            number=number,
            key=str(row.key),
            title=row.title,
            plan_codes=tuple(item.code for item in row.plan_items.all()),
            has_lead=bool(row.lead_unit_id or row.lead_text),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            quantity=row.quantity,
            quantity_unit=row.quantity_unit,
            lacks_beneficiary=row.kind == row.Kind.SPONSORSHIP and not row.beneficiary,
        )
        for number, row in enumerate(rows, start=1)
    )
