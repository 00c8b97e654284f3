"""The pages of filings."""

from django.urls import path

from filings.web.acting import act
from filings.web.drafting import draft, revise
from filings.web.evidence import download, evidence
from filings.web.listing import listing
from filings.web.showing import detail

app_name = "filings"

urlpatterns = [
    path("", listing, name="list"),
    path("new/", draft, name="draft"),
    path("<int:pk>/", detail, name="detail"),
    path("<int:pk>/revise/", revise, name="revise"),
    path("<int:pk>/evidence/", evidence, name="evidence"),
    path("<int:pk>/evidence/<int:evidence_pk>/", download, name="download"),
    path("<int:pk>/<slug:verb>/", act, name="act"),
]
