"""The pages of the rules and of their alerts."""

from django.urls import path

from filings.web.alerting import alerts, handle
from filings.web.ruling import rule, rules

app_name = "rules"

urlpatterns = [
    path("rules/", rules, name="rules"),
    path("rules/<slug:code>/", rule, name="rule"),
    path("alerts/", alerts, name="alerts"),
    path("alerts/<int:pk>/", handle, name="handle"),
]
