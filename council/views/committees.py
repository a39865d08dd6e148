from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import Perm
from council.forms import CommitteeForm, FactionForm, MembershipForm, TermForm
from council.models import Committee, LegislativeTerm, Membership
from council.views.pages import add_page, edit_page, keeps, reads
from ground.formats import day

DIRECTORY = ("Gremien", "/gremien/verzeichnis/")


@reads
def committees(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    today = timezone.localdate()
    terms = [
        {
            "pk": term.pk,
            "name": term.name,
            "days": f"{day(term.start_date)} bis {day(term.end_date)}",
            "current": term.start_date <= today <= term.end_date,
            "committees": list(term.committees.all()),
            "factions": list(term.factions.all()),
        }
        for term in LegislativeTerm.objects.prefetch_related("committees", "factions")
    ]
    context = {"terms": terms, "may_edit": user.has_perm(Perm.EDIT_MEETINGS)}
    return render(request, "council/committees.html", context)


@reads
def committee(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    today = timezone.localdate()
    one = get_object_or_404(Committee.objects.select_related("term", "predecessor__term"), pk=pk)
    context = {
        "committee": one,
        "members": [
            {
                "pk": held.pk,
                "name": held.user.name,
                "role": held.get_role_display(),
                "faction": held.faction.short_name if held.faction else "",
                "days": held.days,
                "over": bool(held.end_date and held.end_date < today),
            }
            for held in one.memberships.select_related("user", "faction").order_by("user__name", "start_date")
        ],
        "may_edit": user.has_perm(Perm.EDIT_MEETINGS),
    }
    return render(request, "council/committee.html", context)


@keeps
def committee_add(request: HttpRequest) -> HttpResponse:
    form = CommitteeForm(_sent(request), initial={"term": request.GET.get("wahlperiode")})
    return add_page(request, form, "Gremium eintragen", [DIRECTORY], _address)


@keeps
def committee_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return edit_page(request, CommitteeForm, pk, _trail, _address)


@keeps
def membership_add(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Committee.objects.select_related("term"), pk=pk)
    form = MembershipForm(
        _sent(request), instance=Membership(committee=one), initial={"start_date": one.term.start_date}
    )
    return add_page(request, form, f"Mitglied: {one}", _trail(one), lambda held: _address(held.committee))


@keeps
def membership_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return edit_page(
        request, MembershipForm, pk, lambda held: _trail(held.committee), lambda held: _address(held.committee)
    )


@keeps
def faction_add(request: HttpRequest) -> HttpResponse:
    form = FactionForm(_sent(request), initial={"term": request.GET.get("wahlperiode")})
    return add_page(request, form, "Fraktion oder Gruppe eintragen", [DIRECTORY], lambda _: DIRECTORY[1])


@keeps
def faction_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return edit_page(request, FactionForm, pk, lambda _: [DIRECTORY], lambda _: DIRECTORY[1])


@keeps
def term_add(request: HttpRequest) -> HttpResponse:
    return add_page(request, TermForm(_sent(request)), "Wahlperiode eintragen", [DIRECTORY], lambda _: DIRECTORY[1])


@keeps
def term_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return edit_page(request, TermForm, pk, lambda _: [DIRECTORY], lambda _: DIRECTORY[1])


def _trail(one: Committee) -> list[tuple[str, str]]:
    return [DIRECTORY, (one.name, _address(one))]


def _address(one: Committee) -> str:
    return reverse("committee", args=[one.pk])


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
