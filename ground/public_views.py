from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from ground.pictures import as_icon, plain_icon
from ground.public import town_arms, town_arms_etag


@login_not_required
@require_safe
@condition(etag_func=lambda request: town_arms_etag())
def arms(request: HttpRequest) -> HttpResponse:
    """Pages link it with a version, so that caches keep each picture and still show a new one at once."""
    picture = town_arms()
    if picture is None:
        raise Http404
    return HttpResponse(
        picture.content, content_type=picture.media_type, headers={"Cache-Control": "public, max-age=86400"}
    )


@login_not_required
@require_safe
@condition(etag_func=lambda request: town_arms_etag() or '"plain"')
def icon(request: HttpRequest) -> HttpResponse:
    """What browsers and other programs ask for by themselves."""
    picture = town_arms()
    return HttpResponse(
        as_icon(picture.content) if picture else plain_icon(),
        content_type="image/vnd.microsoft.icon",
        headers={"Cache-Control": "public, max-age=86400"},
    )
