"""Login and account: allauth's views under the town's own addresses. There is no sign-up; accounts are made."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import urls as openid_connect
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path

from accounts import views

urlpatterns = [
    path("anmelden/", login_not_required(account.login), name="account_login"),
    path("abmelden/", account.logout, name="account_logout"),
    path("anmelden/passwort/", login_not_required(account.password_reset), name="account_reset_password"),
    path(
        "anmelden/passwort/verschickt/",
        login_not_required(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^anmelden/passwort/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        login_not_required(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "anmelden/passwort/gesetzt/",
        login_not_required(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("anmelden/zweiter-faktor/", login_not_required(mfa.authenticate), name="mfa_authenticate"),
    path("anmelden/erneut/", account.reauthenticate, name="account_reauthenticate"),
    path("anmelden/erneut/zweiter-faktor/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("konto/", views.profile, name="account_profile"),
    path("konto/vertretung/", views.deputy, name="account_deputy"),
    path("konto/abwesenheit/", views.absence_add, name="account_absence_add"),
    path("konto/abwesenheit/<int:pk>/streichen/", views.absence_cancel, name="account_absence_cancel"),
    path("konto/zweiter-faktor/", mfa.index, name="mfa_index"),
    path("konto/passwort/", account.password_change, name="account_change_password"),
    path("konto/zweiter-faktor/einrichten/", totp.activate_totp, name="mfa_activate_totp"),
    path("konto/zweiter-faktor/abschalten/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("konto/zweiter-faktor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("konto/zweiter-faktor/codes/neu/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "konto/zweiter-faktor/codes/herunterladen/", codes.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path(
        "anmelden/dienst/abgebrochen/", login_not_required(social.login_cancelled), name="socialaccount_login_cancelled"
    ),
    path("anmelden/dienst/fehler/", login_not_required(social.login_error), name="socialaccount_login_error"),
    path("anmelden/", include(openid_connect)),  # anmelden/dienst/login/ and …/callback/
]
