from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from ground.serving import stored_file
from masterplan.public import attachments


def _etag(request: HttpRequest, slug: str, pk: int, name: str) -> str | None:
    return attachments.file_etag(slug, pk, name)


@login_not_required
@require_safe
@condition(etag_func=_etag)
def attachment(request: HttpRequest, slug: str, pk: int, name: str) -> HttpResponse:
    """As long as file and measure are public: caches keep it and ask each time."""
    found = attachments.file(slug, pk, name)
    if found is None:
        raise Http404
    response = stored_file(name=found.name, media_type=found.media_type, content=found.content)
    response["Cache-Control"] = "public, no-cache"
    return response
