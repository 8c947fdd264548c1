from django.urls import path

from awards.views import nomination, paper, ranking, reception

ONE = "khen-thuong/de-nghi/<int:pk>"

urlpatterns = [
    path(f"{ONE}/", nomination.nomination, name="nomination"),
    path(f"{ONE}/sua/", nomination.nomination_edit, name="nomination-edit"),
    path(f"{ONE}/can-cu/", nomination.sources, name="nomination-sources"),
    path(f"{ONE}/bo/", nomination.remove, name="nomination-remove"),
    path(f"{ONE}/ly-do/<str:code>/", nomination.give_reason, name="nomination-reason"),
    path(f"{ONE}/ca-nhan/", nomination.personal, name="nomination-personal"),
    path(f"{ONE}/bao-cao.<str:kind>", paper.report_file, name="nomination-report"),
    path(f"{ONE}/tham-dinh/", reception.appraise, name="nomination-appraise"),
    path(f"{ONE}/mo-lai/", reception.reopen, name="nomination-reopen"),
    path("khen-thuong/theo-xep-hang/<int:pk>/", ranking.nominate, name="nominate-by-ranking"),
]
