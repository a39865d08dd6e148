"""The portal's addresses and a view that does nothing but return a page's bytes."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from winsen_digital.urls import urlpatterns as portal

page = b""


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(page)


urlpatterns = [path("bare/", bare), *portal]
