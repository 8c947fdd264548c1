from django.urls import path

from campaign.views import activities, activities_return, draft, receipt, sub_plan, targets

FOLDER = "ke-hoach-trien-khai"
ONE = f"{FOLDER}/<int:pk>"

reading = [
    path(f"{FOLDER}/cua-toi/", sub_plan.my_sub_plan, name="my-sub-plan"),
    path(f"{ONE}/", sub_plan.sub_plan, name="sub-plan"),
    path(f"{ONE}/tep/<int:file_pk>/", sub_plan.sub_plan_file, name="sub-plan-file"),
    path(f"{ONE}/so-sanh/<int:other_pk>/", sub_plan.compare, name="compare"),
    path(f"{ONE}/hoat-dong.xlsx", activities.activities_export, name="activities-export"),
]

moves = [
    path(f"{ONE}/trinh/", sub_plan.hand_to_head, name="hand-to-head"),
    path(f"{ONE}/nop/", sub_plan.submit, name="submit"),
    path(f"{ONE}/chuyen-lai/", sub_plan.hand_back, name="hand-back"),
    path(f"{ONE}/rut/", sub_plan.withdraw, name="withdraw"),
]

drafting = [
    path(f"{ONE}/soan/", draft.draft, name="draft"),
    path(f"{ONE}/soan/tu-luu/", draft.draft_autosave, name="draft-autosave"),
    path(f"{ONE}/soan/chi-tieu/", targets.draft_targets, name="draft-targets"),
    path(f"{ONE}/soan/tep/", draft.draft_files, name="draft-files"),
    path(f"{ONE}/soan/tep/<int:file_pk>/go/", draft.draft_file_remove, name="draft-file-remove"),
    path(f"{ONE}/soan/khong-ap-dung/<str:code>/", draft.draft_exclude, name="draft-exclude"),
    path(f"{ONE}/hoat-dong/them/", activities.activity_add, name="activity-add"),
    path(f"{ONE}/hoat-dong/dan/", activities.activities_paste, name="activities-paste"),
    path(f"{ONE}/hoat-dong/nhap-tep/", activities.activities_import, name="activities-import"),
    path(f"{ONE}/hoat-dong/mau.xlsx", activities.activities_blank, name="activities-template"),
    path(f"{ONE}/hoat-dong/dien.xlsx", activities_return.workbook, name="activities-workbook"),
    path(
        f"{ONE}/hoat-dong/gui-lai/", activities_return.activities_return, name="activities-return"
    ),
    path(f"{ONE}/hoat-dong/<int:activity_pk>/", activities.activity, name="activity"),
    path(f"{ONE}/hoat-dong/<int:activity_pk>/sua/", activities.activity_edit, name="activity-edit"),
    path(
        f"{ONE}/hoat-dong/<int:activity_pk>/xoa/",
        activities.activity_remove,
        name="activity-remove",
    ),
]

receipts = [
    path(f"{ONE}/phieu-tiep-nhan/", receipt.receipt, name="receipt"),
    path(f"{ONE}/phieu-tiep-nhan.pdf", receipt.receipt_pdf_file, name="receipt-pdf"),
    path("kiem-tra/", receipt.verify, name="verify"),
    path("kiem-tra/<str:code>/", receipt.verify_code, name="verify-code"),
]

urlpatterns = [*reading, *moves, *drafting, *receipts]
