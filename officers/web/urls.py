"""Signing in and out, and the accounts."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from officers.web import views
from officers.web.forms import SignInForm

app_name = "officers"

urlpatterns = [
    path(
        "sign-in/",
        LoginView.as_view(authentication_form=SignInForm, redirect_authenticated_user=True),
        name="sign_in",
    ),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("accounts/", views.accounts, name="accounts"),
]
