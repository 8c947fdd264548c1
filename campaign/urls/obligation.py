from django.urls import path

from campaign.views import ledger_acts, obligation

FOLDER = "ke-hoach-trien-khai"

urlpatterns = [
    path(f"{FOLDER}/", obligation.sub_plans, name="sub-plans"),
    path(f"{FOLDER}/nghia-vu/<int:pk>/", obligation.obligation, name="obligation"),
    path(f"{FOLDER}/nghia-vu/<int:pk>/gia-han/", obligation.extend, name="obligation-extend"),
    path(f"{FOLDER}/nghia-vu/<int:pk>/muc-do/", obligation.change_level, name="obligation-level"),
    path(f"{FOLDER}/gia-han/", ledger_acts.extend_several, name="obligations-extend"),
    path("ky-bao-cao/<int:pk>/gia-han/", ledger_acts.extend_several, name="obligations-extend"),
    path(f"{FOLDER}/mien/", ledger_acts.exempt_several, name="obligations-exempt"),
    path("ky-bao-cao/<int:pk>/mien/", ledger_acts.exempt_several, name="obligations-exempt"),
]
