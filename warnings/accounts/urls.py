"""Addresses of people's accounts."""

from django.urls import include, path
from django.views.generic import RedirectView

from accounts import views
from accounts.noticing import views as noticing

urlpatterns = [
    path("accounts/sessions/", views.sessions, name="account_sessions"),
    path("accounts/sessions/<uuid:public_id>/end/", views.end_session, name="account_end_session"),
    path("accounts/sessions/end-others/", views.end_other_sessions, name="account_end_other_sessions"),
    path("accounts/notices/", noticing.inbox, name="notices"),
    path("accounts/notices/read/", noticing.mark_all_read, name="read_notices"),
    path("accounts/notices/choose/", noticing.choose, name="choose_notices"),
    path("accounts/notices/<uuid:public_id>/", noticing.open_notice, name="open_notice"),
    path("stop-mail/<str:token>/", noticing.stop_mail, name="stop_mail"),
    path("accounts/delete/", views.delete_account, name="account_delete"),
    path("accounts/deleted/", views.deleted, name="account_deleted"),
    path("accounts/first/<str:token>/", views.first_administrator, name="first_administrator"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/", include("allauth.account.urls")),
    path(
        ".well-known/change-password",
        RedirectView.as_view(pattern_name="account_change_password", http_method_names=["get", "head"]),
    ),
]
