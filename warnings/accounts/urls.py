"""URLs of accounts."""

from django.urls import include, path
from django.views.generic import RedirectView

from accounts.views import accounts as accounts_views
from accounts.views import notifications

urlpatterns = [
    path("accounts/sessions/", accounts_views.sessions, name="account_sessions"),
    path("accounts/sessions/<uuid:public_id>/end/", accounts_views.end_session, name="account_end_session"),
    path("accounts/sessions/end-others/", accounts_views.end_other_sessions, name="account_end_other_sessions"),
    path("accounts/notices/", notifications.inbox, name="notices"),
    path("accounts/notices/read/", notifications.mark_all_read, name="read_notices"),
    path("accounts/notices/choose/", notifications.choose, name="choose_notices"),
    path("accounts/notices/<uuid:public_id>/", notifications.open_notification, name="open_notice"),
    path("stop-mail/<str:token>/", notifications.stop_mail, name="stop_mail"),
    path("accounts/delete/", accounts_views.delete_account, name="account_delete"),
    path("accounts/deleted/", accounts_views.deleted, name="account_deleted"),
    path("accounts/first/<str:token>/", accounts_views.first_administrator, name="first_administrator"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/", include("allauth.account.urls")),
    path(
        ".well-known/change-password",
        RedirectView.as_view(pattern_name="account_change_password", http_method_names=["get", "head"]),
    ),
]
