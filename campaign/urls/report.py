from django.urls import path

from campaign.views import receipt, report, report_draft, report_review

FOLDER = "bao-cao-ky"
ONE = f"{FOLDER}/<int:pk>"
DRAFT = f"{ONE}/soan"
REVIEW = "xem-xet/bao-cao/<int:pk>"

reading = [
    path(f"{FOLDER}/", report.my_reports, name="my-reports"),
    path(f"{FOLDER}/ky/<int:period_pk>/soan/", report.report_start, name="report-start"),
    path(f"{ONE}/", report.progress_report, name="progress-report"),
    path(f"{ONE}/so-sanh/<int:other_pk>/", report.report_compare, name="report-compare"),
    path(f"{ONE}/phieu-tiep-nhan/", receipt.report_receipt, name="report-receipt"),
    path(f"{ONE}/phieu-tiep-nhan.pdf", receipt.report_receipt_pdf_file, name="report-receipt-pdf"),
]

moves = [
    path(f"{ONE}/trinh/", report.report_hand_to_head, name="report-hand-to-head"),
    path(f"{ONE}/nop/", report.report_submit, name="report-submit"),
    path(f"{ONE}/chuyen-lai/", report.report_hand_back, name="report-hand-back"),
    path(f"{ONE}/rut/", report.report_withdraw, name="report-withdraw"),
    path(f"{ONE}/hoi/<int:question_pk>/", report.report_answer, name="report-answer"),
]

drafting = [
    path(f"{DRAFT}/", report_draft.report_draft, name="report-draft"),
    path(f"{DRAFT}/tu-luu/", report_draft.report_autosave, name="report-autosave"),
    path(f"{DRAFT}/cap-nhat/", report_draft.report_refresh, name="report-refresh"),
    path(f"{DRAFT}/ghi-0/", report_draft.report_zeros, name="report-zeros"),
    path(f"{DRAFT}/khong-phat-sinh/", report_draft.report_nothing, name="report-nothing"),
    path(
        f"{DRAFT}/dinh-chinh/<int:period_pk>/",
        report_draft.report_corrections,
        name="report-corrections",
    ),
    path(f"{DRAFT}/dien-hinh/", report_draft.exemplar_add, name="exemplar-add"),
    path(
        f"{DRAFT}/dien-hinh/<int:exemplar_pk>/bo/",
        report_draft.exemplar_remove,
        name="exemplar-remove",
    ),
]

reviewing = [
    path(f"{REVIEW}/", report_review.report_review, name="report-review"),
    path(f"{REVIEW}/nhan/", report_review.report_take, name="report-take"),
    path(f"{REVIEW}/hoi/", report_review.report_ask, name="report-ask"),
    path(f"{REVIEW}/quyet-dinh/", report_review.report_decide, name="report-decide"),
]

urlpatterns = [*reading, *moves, *drafting, *reviewing]
