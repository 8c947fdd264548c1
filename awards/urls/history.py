from django.urls import path

from awards.views import history

FOLDER = "khen-thuong/lich-su"

urlpatterns = [
    path(f"{FOLDER}/", history.history, name="history"),
    path(f"{FOLDER}/mau.xlsx", history.template, name="history-template"),
    path(f"{FOLDER}/nhap/", history.take_in, name="history-import"),
    path(f"{FOLDER}/<int:pk>/", history.holder, name="history-holder"),
]
