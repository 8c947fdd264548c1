from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("tai-khoan/", include("accounts.urls")),
    path("quan-tri/", admin.site.urls),
]

handler500 = "accounts.views.server_error"
