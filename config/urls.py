from django.contrib import admin
from django.urls import include, path

from config import views

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("readyz", views.readiness, name="readiness"),
    path("tai-khoan/", include("accounts.urls")),
    path("quan-tri/", admin.site.urls),
]

handler500 = "accounts.views.server_error"
