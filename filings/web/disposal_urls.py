"""The pages of retention and disposal."""

from django.urls import path

from filings.web import disposing

app_name = "disposals"

urlpatterns = [
    path("", disposing.disposals, name="list"),
    path("periods/", disposing.period, name="period"),
    path("propose/", disposing.propose, name="propose"),
    path("<int:pk>/agree/", disposing.agree, name="agree"),
    path("<int:pk>/decline/", disposing.decline, name="decline"),
]
