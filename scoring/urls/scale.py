from django.urls import path

from scoring.views import consent, criterion, editor, home, package, scale

FOLDER = "cham-diem"
ONE = f"{FOLDER}/thang-diem/<int:pk>"

reading = [
    path(f"{FOLDER}/", home.home, name="home"),
    path(f"{ONE}/", scale.scale, name="scale"),
    path(f"{ONE}/so-sanh/<int:other_pk>/", scale.compare, name="scale-compare"),
    path(f"{ONE}/thang-diem.xlsx", scale.export, name="scale-export"),
]

moves = [
    path(f"{FOLDER}/thang-diem/lap/<str:code>/<int:year>/", home.start, name="scale-start"),
    path(f"{ONE}/sua-doi/", scale.amend, name="scale-amend"),
    path(f"{ONE}/ap-dung/", scale.enforce, name="scale-enforce"),
    path(f"{ONE}/bo/", scale.discard, name="scale-discard"),
    path(f"{ONE}/y-kien/", consent.give, name="scale-consent"),
    path(f"{ONE}/y-kien-hoi-nghi/", consent.note, name="scale-consents"),
]

editing = [
    path(f"{ONE}/soan/", editor.edit, name="scale-edit"),
    path(f"{ONE}/soan/ly-do/", editor.note, name="scale-note"),
    path(f"{ONE}/soan/nhap-tep/", editor.import_sheet, name="scale-import"),
    path(f"{ONE}/soan/them/", criterion.add, name="criterion-add"),
    path(f"{ONE}/soan/tieu-chi/<str:code>/", criterion.edit, name="criterion-edit"),
    path(f"{ONE}/soan/tieu-chi/<str:code>/xoa/", criterion.remove, name="criterion-remove"),
    path(f"{ONE}/soan/dot-thi-dua/", package.take, name="scale-package"),
]

board = [
    path(f"{FOLDER}/noi-dung-dot/", package.coverage_page, name="coverage"),
    path(f"{FOLDER}/noi-dung-dot/han/", package.set_day, name="coverage-day"),
]

urlpatterns = [*reading, *moves, *editing, *board]
