from django.contrib import admin
from django.urls import include, path

from portal import health

urlpatterns = [
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("", include("ground.public_urls")),
    path("", include("portal.public_urls")),
    path("", include("masterplan.public_urls")),
    path("", include("masterplan.link_urls")),
    path("", include("reporting.public_urls")),
    path("", include("accounts.urls")),
    path("arbeitsbereich/", include("portal.urls")),
    path("arbeitsbereich/", include("strategy.urls")),
    path("arbeitsbereich/", include("masterplan.urls")),
    path("arbeitsbereich/", include("reporting.urls")),
    path("gremien/", include("council.urls")),
    path("gremien/", include("reporting.council_urls")),
    path("gremien/", include("masterplan.council_urls")),
    path("verwaltung/", admin.site.urls),
]
