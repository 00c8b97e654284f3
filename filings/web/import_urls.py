"""The pages on which files are brought into the registers."""

from django.urls import path

from filings.web import importing

app_name = "imports"

urlpatterns = [
    path("", importing.listing, name="list"),
    path("<int:pk>/", importing.one, name="one"),
    path("<int:pk>/confirm/", importing.confirm, name="confirm"),
    path("<int:pk>/refused.csv", importing.refused, name="refused"),
    path("templates/<slug:kind>.csv", importing.template, name="template"),
]
