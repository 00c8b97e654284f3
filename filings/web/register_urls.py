"""The room of the registers."""

from django.urls import path

from filings.web import changing, keeping
from filings.web.certifying import certificate
from filings.web.contact import contact
from filings.web.registers import home

app_name = "registers"

urlpatterns = [
    path("", home, name="home"),
    path("subjects/<int:pk>/contact/", contact, name="contact"),
    path("officers/<int:pk>/certificates/<int:paper>/", certificate, name="certificate"),
    path("<slug:name>/", keeping.listing, name="list"),
    path("<slug:name>/new/", keeping.enter, name="enter"),
    path("<slug:name>/<int:pk>/", keeping.one, name="one"),
    path("<slug:name>/<int:pk>/change/", changing.change, name="change"),
    path("<slug:name>/<int:pk>/succeed/", changing.succeed, name="succeed"),
    path("<slug:name>/<int:pk>/end/", keeping.end, name="end"),
]
