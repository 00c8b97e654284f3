"""Signing in and out, and the accounts."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from officers.web import views
from officers.web.signing_in import SignIn

app_name = "officers"

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("accounts/", views.accounts, name="accounts"),
]
