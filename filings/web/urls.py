"""The pages of filings."""

from django.urls import path, re_path

from filings.web.acting import act
from filings.web.cases import case, cases, contact, step
from filings.web.choosing import subjects
from filings.web.deadlines import deadlines
from filings.web.drafting import draft, revise
from filings.web.emergency import back_file, emergency
from filings.web.evidence import download, evidence
from filings.web.listing import listing
from filings.web.photos import photos
from filings.web.queue import queue
from filings.web.ratings import ratings
from filings.web.replies import replies, reply
from filings.web.saving import forget, keep
from filings.web.scanning import scan
from filings.web.showing import detail
from filings.web.showing_code import code_picture, notice_pdf, shown_code
from filings.web.today import today
from filings.web.together import together

app_name = "filings"

urlpatterns = [
    path("", listing, name="list"),
    path("today/", today, name="today"),
    path("scan/", scan, name="scan"),
    path("deadlines/", deadlines, name="deadlines"),
    path("queue/", queue, name="queue"),
    path("queue/filters/", keep, name="keep_filter"),
    path("queue/filters/<int:pk>/forget/", forget, name="forget_filter"),
    path("queue/together/", together, name="together"),
    path("new/", draft, name="draft"),
    path("photos/", photos, name="photos"),
    path("cases/", cases, name="cases"),
    path("ratings/", ratings, name="ratings"),
    path("cases/<int:pk>/", case, name="case"),
    path("cases/<int:pk>/contact/", contact, name="case_contact"),
    path("cases/<int:pk>/<slug:name>/", step, name="case_step"),
    path("replies/", replies, name="replies"),
    path("replies/<int:pk>/", reply, name="reply"),
    path("emergency/", emergency, name="emergency"),
    path("subjects/", subjects, name="subjects"),
    path("<int:pk>/", detail, name="detail"),
    path("<int:pk>/revise/", revise, name="revise"),
    path("<int:pk>/back_file/", back_file, name="back_file"),
    path("<int:pk>/evidence/", evidence, name="evidence"),
    path("<int:pk>/evidence/<int:evidence_pk>/", download, name="download"),
    path("<int:pk>/code/", shown_code, name="code"),
    re_path(r"^(?P<pk>[0-9]+)/code\.(?P<form>svg|png)$", code_picture, name="code_picture"),
    path("<int:pk>/notice.pdf", notice_pdf, name="notice"),
    path("<int:pk>/<slug:verb>/", act, name="act"),
]
