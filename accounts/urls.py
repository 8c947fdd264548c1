"""The pages of allauth that are used here, at Vietnamese addresses; it finds them by name."""

from allauth.account import views as allauth
from django.urls import path, re_path

from accounts import views

urlpatterns = [
    path("thay-mat/", views.act_as, name="act-as"),
    path("cach-xem/luu/", views.view_save, name="view-save"),
    path("cach-xem/<int:pk>/sua/", views.view_change, name="view-change"),
    path("cach-xem/<int:pk>/xoa/", views.view_remove, name="view-remove"),
    path("khoa-api/", views.api_tokens, name="api-tokens"),
    path("khoa-api/<int:pk>/thu-hoi/", views.api_token_revoke, name="api-token-revoke"),
    path("dang-nhap/", allauth.login, name="account_login"),
    path("dang-xuat/", allauth.logout, name="account_logout"),
    path("bi-khoa/", allauth.account_inactive, name="account_inactive"),
    path("xac-nhan-lai/", allauth.reauthenticate, name="account_reauthenticate"),
    path("doi-mat-khau/", allauth.password_change, name="account_change_password"),
    path("dat-mat-khau/", allauth.password_set, name="account_set_password"),
    path("quen-mat-khau/", allauth.password_reset, name="account_reset_password"),
    path("quen-mat-khau/da-gui/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "quen-mat-khau/xong/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # The first hyphen parts person and key; the key has hyphens of its own.
    re_path(
        r"^quen-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
