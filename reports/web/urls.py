"""The pages of compiled years."""

from django.urls import path

from reports.web import views

app_name = "reports"

urlpatterns = [
    path("", views.years, name="list"),
    path("<int:year>/<slug:code>/", views.year, name="year"),
    path("<int:year>/<slug:code>/<int:pk>/", views.year, name="compilation"),
    path("<int:year>/<slug:code>/<int:pk>/<slug:name>/", views.table, name="table"),
]
