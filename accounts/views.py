from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.forms import AbsenceForm, DeputyForm
from accounts.models import Absence, User
from accounts.standing_in import AlreadyAbsent, cancel_absence, enter_absence, name_deputy
from ground.formats import day


def _user(request: HttpRequest) -> User:
    return User.objects.select_related("unit", "deputy").get(pk=request.user.pk)


def _page(request: HttpRequest, user: User, deputy_form: DeputyForm, absence_form: AbsenceForm) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "user_row": user,
        "functions": [held.get_function_display() for held in user.appointments.held_on(today)],
        "deputy_form": deputy_form,
        "absence_form": absence_form,
        "absences": [
            {
                "pk": absence.pk,
                "first": day(absence.first_day),
                "last": day(absence.last_day),
                "begun": absence.first_day < today,
            }
            for absence in user.absences.filter(last_day__gte=today).order_by("first_day")
        ],
    }
    failed = deputy_form.errors or absence_form.errors
    return render(request, "accounts/profile.html", context, status=422 if failed else 200)


@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    user = _user(request)
    return _page(request, user, DeputyForm(user=user), AbsenceForm(today=timezone.localdate()))


@require_POST
def deputy(request: HttpRequest) -> HttpResponse:
    user = _user(request)
    form = DeputyForm(request.POST, user=user)
    if not form.is_valid():
        return _page(request, user, form, AbsenceForm(today=timezone.localdate()))
    name_deputy(deputy=form.cleaned_data["deputy"], by=user)
    messages.success(request, "Ihre Vertretung ist gespeichert.")
    return redirect("account_profile")


@require_POST
def absence_add(request: HttpRequest) -> HttpResponse:
    user = _user(request)
    form = AbsenceForm(request.POST, today=timezone.localdate())
    if form.is_valid():
        try:
            enter_absence(**form.cleaned_data, by=user)
        except AlreadyAbsent as refused:
            first, last = day(refused.absence.first_day), day(refused.absence.last_day)
            form.add_error(None, f"Vom {first} bis {last} ist schon eine Abwesenheit eingetragen.")
    if not form.is_valid():
        return _page(request, user, DeputyForm(user=user), form)
    messages.success(request, "Ihre Abwesenheit ist eingetragen.")
    return redirect("account_profile")


@require_POST
def absence_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    user = _user(request)
    today = timezone.localdate()
    absence = get_object_or_404(Absence, pk=pk, user=user, last_day__gte=today)
    cancel_absence(absence_id=absence.pk, by=user, today=today)
    begun = absence.first_day < today
    messages.success(request, f"Die Abwesenheit ist {'seit heute beendet' if begun else 'gestrichen'}.")
    return redirect("account_profile")
