from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

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
