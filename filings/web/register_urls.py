"""The room of the registers."""

from django.urls import path

from filings.web.registers import home

app_name = "registers"

urlpatterns = [path("", home, name="home")]
