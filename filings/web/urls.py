"""The pages of filings."""

from django.urls import path

from filings.web.drafting import draft
from filings.web.listing import listing
from filings.web.showing import detail

app_name = "filings"

urlpatterns = [
    path("", listing, name="list"),
    path("new/", draft, name="draft"),
    path("<int:pk>/", detail, name="detail"),
]
