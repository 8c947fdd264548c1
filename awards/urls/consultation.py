from django.urls import path

from awards.views import consultation

FOLDER = "khen-thuong/hiep-y"

urlpatterns = [
    path(f"{FOLDER}/", consultation.consultations, name="consultations"),
    path(f"{FOLDER}/moi/", consultation.ask, name="consultation-ask"),
    path(f"{FOLDER}/<int:pk>/", consultation.consultation, name="consultation"),
    path(f"{FOLDER}/<int:pk>/cong-van.<str:kind>", consultation.letter, name="consultation-letter"),
    path(f"{FOLDER}/<int:pk>/tra-loi/", consultation.answer_file, name="consultation-answer"),
]
