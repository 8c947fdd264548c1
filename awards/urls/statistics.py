from django.urls import path

from awards.views import statistics

FOLDER = "khen-thuong"

urlpatterns = [
    path(f"{FOLDER}/tong-quan/", statistics.overview, name="overview"),
    path(f"{FOLDER}/tong-quan/danh-sach/", statistics.nominee_list, name="nominees"),
    path(f"{FOLDER}/thong-ke/", statistics.statistics, name="statistics"),
    path(f"{FOLDER}/thong-ke/danh-sach/", statistics.rows, name="statistics-rows"),
]
