"""The public addresses behind a code."""

from django.urls import path

from filings.web.door.code import code, code_json, photo
from filings.web.door.own import own_enter, own_home, own_notice, own_paper, own_right, own_visits
from filings.web.door.rating import rate_visit, right
from filings.web.door.rectifying import rectified
from filings.web.door.telling import case, tell

app_name = "door"

urlpatterns = [
    path("c/<str:token>.json", code_json, name="code_json"),
    path("c/<str:token>", code, name="code"),
    path("c/<str:token>/tell", tell, name="tell"),
    path("c/<str:token>/rectified", rectified, name="rectified"),
    path("c/<str:token>/right", right, name="right"),
    path("c/<str:token>/rate", rate_visit, name="rate"),
    path("case/", case, name="case"),
    path("own/", own_home, name="own"),
    path("own/enter/", own_enter, name="own_enter"),
    path("own/visits/", own_visits, name="own_visits"),
    path("own/paper/", own_paper, name="own_paper"),
    path("own/notice/", own_notice, name="own_notice"),
    path("own/right/", own_right, name="own_right"),
    path("c/<str:token>/photo/<int:member_pk>", photo, name="photo"),
]
