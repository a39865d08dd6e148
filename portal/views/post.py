"""The Postausgang: what was sent to whom, and what came back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import Perm
from accounts.doors import needs
from ground.models import Mail, MailState, SignedLink
from ground.posting.rules import LINK
from portal.outgoing import LISTED, answer, choices, counts, facts, row, rows
from portal.resending import NotToBeSentAgain, resend
from portal.revoking import revoke_link

PER_PAGE = 25


@needs(Perm.READ_POST)
def post(request: HttpRequest) -> HttpResponse:
    asked, found = request.GET.get("stand", ""), counts()
    state = asked if asked in MailState.values else ""
    mails = Mail.objects.select_related("recipient").only(*LISTED)
    paginator: Any = Paginator(mails.filter(state=state) if state else mails, PER_PAGE)
    paginator.count = found.get(state, 0) if state else sum(found.values())
    page = paginator.get_page(request.GET.get("page"))
    page.object_list = rows(page.object_list)
    said = {"page": page, "answer": answer(found), "choices": choices(found, state)}
    return render(request, "portal/post.html", said)


@needs(Perm.READ_POST)
def post_mail(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(Mail.objects.select_related("recipient", "link"), pk=pk)
    link = mail.link
    said = {
        "mail": mail,
        "row": row(mail),
        "facts": facts(mail),
        "has_link": LINK in mail.text,
        "opens": link is not None and SignedLink.objects.in_force(timezone.now()).filter(pk=link.pk).exists(),
    }
    return render(request, "portal/post_mail.html", said)


@require_POST
@needs(Perm.RESEND_POST)
def post_resend(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(Mail, pk=pk)
    try:
        resend(mail_id=mail.pk, by=request.user, now=timezone.now())
    except NotToBeSentAgain:
        messages.warning(request, "Diese Mail ist weder gescheitert noch zurückgekommen. Es wurde nichts versandt.")
    else:
        messages.success(request, "Die Mail geht noch einmal hinaus. Ob sie ankam, steht gleich hier.")
    return redirect("post_mail", pk=pk)


@require_POST
@needs(Perm.RESEND_POST)
def post_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(Mail, pk=pk)
    if revoke_link(mail_id=mail.pk, by=request.user, now=timezone.now()):
        messages.success(request, "Der persönliche Link öffnet nichts mehr. Die nächste Mail bringt einen neuen.")
    else:
        messages.info(request, "Diese Mail hat keinen Link, der noch gilt.")
    return redirect("post_mail", pk=pk)
