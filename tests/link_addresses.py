"""Two pages by signed link, as a floor above would have them: the house's addresses with these before them."""

import logging

from django.http import HttpResponse
from django.urls import include, path
from django.utils import timezone

from ground.link_page import link_page
from ground.linking import use_link
from ground.models import SignedLink


@link_page("probe_by_link")
def probe(request, link):
    if request.method == "POST":
        use_link(link_id=link.pk, now=timezone.now())
        return HttpResponse("gemeldet")
    if "schreiben" in request.GET:
        SignedLink.objects.update(last_used_at=timezone.now())
    if "fehler" in request.GET:
        raise ValueError(request.path)
    logging.getLogger("masterplan").info("Geöffnet: %s", request.path)
    return HttpResponse(f"für {link.subject}")


@link_page("other_by_link")
def other(request, link):
    return HttpResponse("anderes")


urlpatterns = [
    path("link/probe/<token>/", probe, name="probe_by_link"),
    path("link/anderes/<token>/", other, name="other_by_link"),
    path("", include("winsen_digital.urls")),
]
