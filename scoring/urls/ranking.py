from django.urls import path

from scoring.views import ranking

FOLDER = "cham-diem"
ONE = f"{FOLDER}/xep-hang/<int:pk>"

urlpatterns = [
    path(f"{FOLDER}/khoi/<str:code>/<int:year>/xep-hang/", ranking.draft, name="ranking-draft"),
    path(f"{ONE}/", ranking.ranking, name="ranking"),
    path(f"{ONE}/cong-bo/", ranking.publish, name="ranking-publish"),
    path(f"{ONE}/bien-ban.<str:kind>", ranking.minutes, name="ranking-minutes"),
    path(f"{ONE}/xep-hang.xlsx", ranking.export, name="ranking-export"),
]
