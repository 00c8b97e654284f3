"""Every address of the site."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language
from drf_spectacular.views import SpectacularSwaggerSplitView

from config import condition
from config.api import router
from config.appearance import appearance
from config.crawlers import favicon, robots
from config.described import Described
from config.design import design
from config.health import healthz, readyz
from config.home import home
from config.worker import offline, worker
from filings.web.searching import search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("officers.web.urls")),
    path("", include("filings.web.door.urls")),
    path("filings/", include("filings.web.urls")),
    path("registers/draws/", include("filings.web.draw_urls")),
    path("registers/imports/", include("filings.web.import_urls")),
    path("", include("filings.web.rule_urls")),
    path("disposals/", include("filings.web.disposal_urls")),
    path("registers/", include("filings.web.register_urls")),
    path("years/", include("reports.web.urls")),
    path("published/", include("reports.web.published_urls")),
    path("search/", search, name="search"),
    path("design/", design, name="design"),
    path("appearance/", appearance, name="appearance"),
    path("health/", condition.page, name="health"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path("worker.js", worker, name="worker"),
    path("offline/", offline, name="offline"),
    path("healthz", healthz),
    path("readyz", readyz),
    path("api/schema/", Described.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    path("api/v1/", include(router.urls)),
    path("i18n/setlang/", login_not_required(require_POST(set_language)), name="set_language"),
]
handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
