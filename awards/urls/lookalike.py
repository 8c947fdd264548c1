from django.urls import path

from awards.views import lookalike

FOLDER = "khen-thuong/nghi-trung"

urlpatterns = [
    path(f"{FOLDER}/", lookalike.lookalikes, name="lookalikes"),
    path(f"{FOLDER}/<int:pk>/", lookalike.lookalike, name="lookalike"),
]
