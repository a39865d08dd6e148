"""Files of papers and minutes: added by the Ratsbüro, sent to who may read them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from council import deliberating
from council.forms import UploadForm
from council.models import File, Minutes, Paper
from council.views.pages import keeps, reads
from ground.serving import stored_file


@reads
@require_safe
def council_file(request: HttpRequest, pk: int) -> HttpResponse:
    """For who may read it today; kept by no cache."""
    seen = File.objects.visible_to(request.user, timezone.localdate()).select_related("document")
    kept = get_object_or_404(seen, pk=pk).document
    response = stored_file(name=kept.name, media_type=kept.media_type, content=bytes(kept.content))
    response["Cache-Control"] = "private, no-store"
    return response


@keeps
def paper_file_add(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Paper, pk=pk)
    return _add(request, one, reverse("paper", args=[pk]))


@keeps
def minutes_file_add(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Minutes.objects.select_related("meeting__committee"), pk=pk)
    return _add(request, one, reverse("meeting", args=[one.meeting_id]))


def _add(request: HttpRequest, of: Paper | Minutes, back: str) -> HttpResponse:
    sent: Any = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, of_paper=isinstance(of, Paper))
    if form.is_valid():
        said = form.cleaned_data
        try:
            deliberating.add_file(
                of=of,
                title=said["title"],
                file=said["upload"],
                public=said["public"],
                main=said.get("main", False),
                by=request.user,
            )
        except deliberating.StillNeeded as refused:
            form.add_error("main", refused.by)
        else:
            messages.success(request, f"„{said['title']}“ ist hinzugefügt.")
            return HttpResponseRedirect(back)
    context = {"form": form, "of": str(of), "back": back}
    return render(request, "council/file_add.html", context, status=422 if form.is_bound else 200)
