"""The pages of random draws."""

from django.urls import path

from filings.web import drawing

app_name = "draws"

urlpatterns = [
    path("", drawing.listing, name="list"),
    path("<int:pk>/", drawing.one, name="one"),
    path("<int:pk>/draw/", drawing.draw, name="draw"),
    path("<int:pk>/protocol.json", drawing.protocol, name="protocol"),
    path("<int:pk>/set-aside/<int:drawn>/", drawing.set_aside, name="set_aside"),
]
