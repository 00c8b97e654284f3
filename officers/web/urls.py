"""Signing in and out, and the accounts."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from officers.web import (
    break_glass,
    devices,
    managing,
    nominations,
    operating,
    own_data,
    people,
    provider,
    second_factor,
    tokens,
    views,
)
from officers.web.password import password
from officers.web.signing_in import SignIn

app_name = "officers"

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    path("sign-in/provider/", provider.leave, name="provider"),
    path("sign-in/provider/back/", provider.back, name="provider_back"),
    path("sign-in/code/", second_factor.second_step, name="second_step"),
    path("account/password/", password, name="password"),
    path("account/second-factor/", second_factor.second_factor, name="second_factor"),
    path("account/second-factor/code.svg", second_factor.picture, name="second_factor_picture"),
    path("account/data/", own_data.own_data, name="own_data"),
    path("account/data/download/", own_data.download, name="download_own_data"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/<int:pk>/revoke/", tokens.revoke, name="revoke_token"),
    path("account/devices/", devices.devices, name="devices"),
    path("account/devices/<int:pk>/revoke/", devices.revoke, name="revoke_device"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/new/", managing.new, name="new_account"),
    path("accounts/<int:pk>/", managing.account, name="account"),
    path("accounts/<int:pk>/appoint/", managing.appoint, name="appoint"),
    path("accounts/<int:pk>/password/", managing.one_time_password, name="issue_password"),
    path("accounts/<int:pk>/match/", managing.match, name="match"),
    path("accounts/<int:pk>/bar/", managing.bar, name="bar"),
    path("accounts/<int:pk>/readmit/", managing.readmit, name="readmit"),
    path("accounts/<int:pk>/no-second-factor/", managing.forget_factor, name="forget_factor"),
    path("people/find/", people.find, name="find_person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/keep/", people.keep, name="keep_person"),
    path("people/<int:pk>/read/", people.read, name="read_person"),
    path("jobs/", operating.jobs, name="jobs"),
    path("jobs/<uuid:pk>/cancel/", operating.cancel, name="cancel_job"),
    path("jobs/<uuid:pk>/retry/", operating.retry, name="retry_job"),
    path("nominations/", nominations.nominations, name="nominations"),
    path("nominations/<int:pk>/<slug:step>/", nominations.step, name="nomination_step"),
    path("glass/", break_glass.glasses, name="glasses"),
    path("glass/<int:pk>/", break_glass.glass, name="glass"),
    path("glass/<int:pk>/<slug:step>/", break_glass.step, name="glass_step"),
    path("appointments/<int:pk>/confirm/", managing.confirm, name="confirm"),
    path("appointments/<int:pk>/revoke/", managing.revoke, name="revoke"),
]
