"""The addresses of what is published."""

from django.urls import path

from reports.web import published

app_name = "published"

urlpatterns = [
    path("", published.index, name="index"),
    path("<slug:key>/<slug:code>/v<int:number>/", published.version, name="version"),
    path("<slug:key>/<slug:code>/v<int:number>/proof/", published.proof, name="proof"),
    path("<slug:key>/<slug:code>/v<int:number>/proof/paper/", published.paper, name="paper"),
    path(
        "<slug:key>/<slug:code>/v<int:number>/consistency/",
        published.consistency,
        name="consistency",
    ),
    path("<slug:key>/<slug:code>/v<int:number>/<str:name>", published.file, name="file"),
]
