from collections.abc import Collection
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from accounts.access import HOLDERS, Role
from accounts.access_changes import ACCESS_CHANGED, ACCESS_FIELDS
from accounts.models import Absence, Appointment, Unit, User
from accounts.persons import account
from accounts.vacancies import left_by, left_without
from ground.admin import SettingsAdmin
from ground.row_form import RowForm


@admin.register(Unit)
class UnitAdmin(SettingsAdmin):
    deletable = False
    list_display = ("name", "kind", "parent", "head", "email", "dissolved_on")
    list_select_related = ("parent", "head")
    list_filter = ("kind", ("dissolved_on", admin.EmptyFieldListFilter))
    search_fields = ("name", "short_name", "email")
    fieldsets = (
        (None, {"fields": ("name", "short_name", "kind", "parent")}),
        ("Leitung und Kontakt", {"fields": ("head", "email")}),
        (
            "Auflösung",
            {"fields": ("dissolved_on",), "description": "Eine aufgelöste Einheit bleibt in Berichten und im Verlauf."},
        ),
    )

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "head":
            kwargs["queryset"] = User.objects.filter(Q(is_active=True) | Q(headed_units__isnull=False)).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class UserForm(RowForm):
    invite = forms.BooleanField(
        label="Link zum Setzen des Passworts schicken",
        required=False,
        help_text="Geht an die E-Mail-Adresse oben und gilt drei Tage. Ein Passwort sieht hier niemand.",
    )

    class Meta:
        model = User
        fields = ("email", "name", "role", "unit", "deputy", "is_active")
        error_messages = {"email": {"unique": "Es gibt schon ein Konto mit dieser E-Mail-Adresse."}}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        stays = values.get("role") == Role.SYSTEM_ADMINISTRATOR and values.get("is_active")
        administrators = (
            User.objects.with_role(Role.SYSTEM_ADMINISTRATOR).select_for_update().values_list("pk", flat=True)
        )
        if not stays and list(administrators) == [self.instance.pk]:
            raise ValidationError(
                "Das ist das letzte aktive Konto der Systemverwaltung. Legen Sie zuerst ein zweites an."
            )
        return values

    def doubts(self) -> list[str]:
        sent = self.cleaned_data
        leaves = not sent["is_active"]
        return left_by(self.instance, leaves=leaves, role=sent["role"], today=timezone.localdate())


@admin.register(User)
class UserAdmin(SettingsAdmin):
    """Nobody is deleted: what someone decided keeps its author. Who leaves is set inactive."""

    form = UserForm
    deletable = False
    list_display = ("name", "email", "role", "unit", "is_active")
    list_select_related = ("unit", "deputy")
    list_filter = ("is_active", "role", "unit")
    search_fields = ("name", "email")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("name", "email", "role", "invite")}),
        ("Im Haus", {"fields": ("unit", "deputy")}),
        (
            "Konto",
            {
                "fields": ("is_active", "last_login", "date_joined"),
                "description": "Wer das Haus verlässt, wird inaktiv: keine Anmeldung mehr, der Verlauf bleibt.",
            },
        ),
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"invite": True, **super().get_changeform_initial_data(request)}

    def verb_of(self, fields: Collection[str]) -> str:
        return super().verb_of(fields) if ACCESS_FIELDS.isdisjoint(fields) else ACCESS_CHANGED

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if form.cleaned_data["invite"]:
            mail = ResetPasswordForm({"email": obj.email})
            if mail.is_valid():
                mail.save(request)
                self.message_user(request, f"Der Link wurde an {obj.email} geschickt.")


@admin.register(Absence)
class AbsenceAdmin(SettingsAdmin):
    seen_by_public = False
    in_force_from = "first_day"
    list_display = ("user", "first_day", "last_day")
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")

    def named(self, obj: Absence) -> str:
        return f"{account(obj.user_id)}, {obj.days}"


class AppointmentForm(RowForm):
    def doubts(self) -> list[str]:
        return left_without(self.instance, self.cleaned_data, today=timezone.localdate())


@admin.register(Appointment)
class AppointmentAdmin(SettingsAdmin):
    """An appointment ends; it is not deleted, for it says who could release what."""

    form = AppointmentForm
    seen_by_public = False
    deletable = False
    list_display = ("function", "user", "since", "until", "acting")
    list_select_related = ("user",)
    list_filter = ("function", "acting")
    search_fields = ("user__name",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(role__in=HOLDERS)
            kwargs["help_text"] = "Nur Beschäftigte der Verwaltung haben Funktionen."
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Appointment, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if obj.acting:
            return
        others = Appointment.objects.filter(function=obj.function, acting=False).exclude(pk=obj.pk)
        others = others.filter(Q(until=None) | Q(until__gte=obj.since)).select_related("user")
        if obj.until:
            others = others.filter(since__lte=obj.until)
        for other in others:
            self.message_user(
                request,
                f"{other.user} hat diese Funktion zur selben Zeit und nicht i. V. Prüfen Sie, ob das so gemeint ist.",
                messages.WARNING,
            )
