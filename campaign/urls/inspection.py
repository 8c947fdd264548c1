from django.urls import path

from campaign.views import follow_up, inspection, visit

FOLDER = "doan-kiem-tra"
ROUND = f"{FOLDER}/<int:pk>"
VISIT = f"{FOLDER}/cuoc/<int:pk>"
FOLLOW_UP = "khac-phuc/<int:pk>"

rounds = [
    path(f"{FOLDER}/", inspection.inspections, name="inspections"),
    path(f"{FOLDER}/them/", inspection.round_add, name="inspection-round-add"),
    path(f"{ROUND}/", inspection.inspection_round, name="inspection-round"),
    path(f"{ROUND}/sua/", inspection.round_edit, name="inspection-round-edit"),
    path(f"{ROUND}/don-vi/", inspection.visits_add, name="visits-add"),
]

visits = [
    path(f"{VISIT}/", visit.visit, name="visit"),
    path(f"{VISIT}/sua/", visit.visit_edit, name="visit-edit"),
    path(f"{VISIT}/bien-ban/", visit.minutes, name="visit-minutes"),
    path(f"{VISIT}/bien-ban.<str:kind>", visit.minutes_file, name="visit-minutes-file"),
    path(f"{VISIT}/da-kiem-tra/", visit.hold, name="visit-hold"),
    path(f"{VISIT}/ket-luan/", visit.close, name="visit-close"),
    path(f"{VISIT}/huy/", visit.cancel, name="visit-cancel"),
]

follow_ups = [
    path("khac-phuc/", follow_up.follow_ups, name="follow-ups"),
    path(f"{FOLLOW_UP}/", follow_up.follow_up, name="follow-up"),
    path(f"{FOLLOW_UP}/tra-loi/", follow_up.answer, name="follow-up-answer"),
    path(f"{FOLLOW_UP}/y-kien/", follow_up.judge, name="follow-up-judge"),
    path(f"{FOLLOW_UP}/tep/<int:file_pk>/", follow_up.file, name="follow-up-file"),
]

urlpatterns = [*rounds, *visits, *follow_ups]
