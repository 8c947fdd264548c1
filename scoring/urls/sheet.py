from django.urls import path

from scoring.views import block, mark, sheet

FOLDER = "cham-diem"
ONE = f"{FOLDER}/bang/<int:pk>"

urlpatterns = [
    path(f"{FOLDER}/khoi/<str:code>/<int:year>/", block.sheets, name="block-sheets"),
    path(f"{FOLDER}/khoi/<str:code>/<int:year>/bat-dau/", sheet.start, name="sheet-start"),
    path(f"{FOLDER}/khoi/<str:code>/<int:year>/cham-cheo/", block.assign, name="cross-assign"),
    path(f"{ONE}/", sheet.sheet, name="sheet"),
    path(f"{ONE}/bang-diem.xlsx", sheet.export, name="sheet-export"),
    path(f"{ONE}/chuyen/", sheet.move, name="sheet-move"),
    path(f"{ONE}/cham/<str:code>/", mark.answer, name="sheet-mark"),
    path(f"{ONE}/vi-sao/<str:code>/", mark.why, name="sheet-why"),
    path(f"{ONE}/minh-chung/<str:code>/", mark.add_evidence, name="evidence-add"),
    path(f"{ONE}/tep/<int:file_pk>/", mark.evidence_file, name="evidence-file"),
    path(f"{ONE}/tep/<int:file_pk>/go/", mark.remove_evidence, name="evidence-remove"),
]
