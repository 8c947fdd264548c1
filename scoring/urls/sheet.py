from django.urls import path

from scoring.views import block, block_grid, mark, sheet, sheet_return

FOLDER = "cham-diem"
ONE = f"{FOLDER}/bang/<int:pk>"

urlpatterns = [
    path(f"{FOLDER}/khoi/<str:code>/<int:year>/", block.sheets, name="block-sheets"),
    path(f"{FOLDER}/khoi/<str:code>/<int:year>/luoi/", block_grid.grid, name="block-grid"),
    path(f"{FOLDER}/khoi/<str:code>/<int:year>/bat-dau/", sheet.start, name="sheet-start"),
    path(f"{FOLDER}/khoi/<str:code>/<int:year>/cham-cheo/", block.assign, name="cross-assign"),
    path(f"{ONE}/", sheet.sheet, name="sheet"),
    path(f"{ONE}/bang-diem.xlsx", sheet.export, name="sheet-export"),
    path(f"{ONE}/de-dien.xlsx", sheet_return.sheet_workbook, name="sheet-workbook"),
    path(f"{ONE}/tu-excel/", sheet_return.sheet_return, name="sheet-return"),
    path(f"{ONE}/chuyen/", sheet.move, name="sheet-move"),
    path(f"{ONE}/o/<str:code>/", block_grid.cell, name="sheet-cell"),
    path(f"{ONE}/cham/<str:code>/", mark.answer, name="sheet-mark"),
    path(f"{ONE}/vi-sao/<str:code>/", mark.why, name="sheet-why"),
    path(f"{ONE}/minh-chung/<str:code>/", mark.add_evidence, name="evidence-add"),
    path(f"{ONE}/tep/<int:file_pk>/", mark.evidence_file, name="evidence-file"),
    path(f"{ONE}/tep/<int:file_pk>/go/", mark.remove_evidence, name="evidence-remove"),
]
