"""The pages of compiled years."""

from django.urls import path

from reports.web import comparing, differing, downloads, drilling, holding, sealing, views

app_name = "reports"

urlpatterns = [
    path("", views.years, name="list"),
    path("compare/", comparing.compare, name="compare"),
    path("compare/filings/", differing.filings, name="difference"),
    path("<slug:key>/<slug:code>/", views.year, name="year"),
    path("<slug:key>/<slug:code>/<int:pk>/", views.year, name="compilation"),
    path("<slug:key>/<slug:code>/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<slug:key>/<slug:code>/<int:pk>/propose/", sealing.propose, name="propose"),
    path("<slug:key>/<slug:code>/<int:pk>/recount/", sealing.recount, name="recount"),
    path("<slug:key>/<slug:code>/<int:pk>/seal/", sealing.seal, name="seal"),
    path("<slug:key>/<slug:code>/<int:pk>/figures.<slug:kind>", downloads.figures, name="figures"),
    path("<slug:key>/<slug:code>/<int:pk>/filings.<slug:kind>", downloads.filings, name="filings"),
    path("<slug:key>/<slug:code>/<int:pk>/<slug:name>.svg", views.picture, name="picture"),
    path("<slug:key>/<slug:code>/<int:pk>/<slug:name>/", views.table, name="table"),
    path("<slug:key>/<slug:code>/<int:pk>/<slug:name>/filings/", drilling.filings, name="behind"),
    path("<slug:key>/<slug:code>/<int:pk>/<slug:name>/entries/", holding.held, name="entries"),
    path(
        "<slug:key>/<slug:code>/<int:pk>/<slug:name>/filings.<slug:kind>",
        drilling.listed,
        name="behind_list",
    ),
    path(
        "<slug:key>/<slug:code>/<int:pk>/<slug:name>/entries.<slug:kind>",
        holding.listed,
        name="entries_list",
    ),
]
