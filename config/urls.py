from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from config import views

# One door: without this the admin has a sign-in page of its own that counts no failures.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("readyz", views.readiness, name="readiness"),
    path("tai-khoan/", include("accounts.urls")),
    path("quan-tri/", admin.site.urls),
    path("tep/", include("files.urls")),
    # The higher floor first: it knows which codes on the public page of receipts are its own.
    path("", include("reports.urls")),
    path("", include("units.urls")),
    path("", include("campaign.urls")),
    path("", include("scoring.urls")),
    path("", include("awards.urls")),
]

handler500 = "accounts.views.server_error"
