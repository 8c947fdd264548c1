from django.urls import path

from campaign.views import obligation

FOLDER = "ke-hoach-trien-khai"

urlpatterns = [
    path(f"{FOLDER}/", obligation.sub_plans, name="sub-plans"),
    path(f"{FOLDER}/nghia-vu/<int:pk>/", obligation.obligation, name="obligation"),
    path(f"{FOLDER}/nghia-vu/<int:pk>/gia-han/", obligation.extend, name="obligation-extend"),
    path(f"{FOLDER}/nghia-vu/<int:pk>/muc-do/", obligation.change_level, name="obligation-level"),
]
