"""The rows of the ground under /verwaltung/, and what every page there does: journal, public version, German days."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ground.forms import DayInput, MomentInput
from ground.journal import Entry, record
from ground.models import Document, Event, PublicVersion, Town
from ground.pictures import MAX_BYTES, PictureRefused, as_png
from ground.row_form import RowForm


class SettingsAdmin(admin.ModelAdmin):
    """A change is journalled with its author, and where the public sees it raises the public version with it."""

    actions = None
    form = RowForm
    list_per_page = 50
    seen_by_public = True
    deletable = True
    in_force_from = ""
    """The path to the day from which a row counts."""
    object_history_template = "admin/journal.html"
    formfield_overrides = {
        models.DateField: {"widget": DayInput},
        models.DateTimeField: {"form_class": forms.SplitDateTimeField, "widget": MomentInput},
    }

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = str(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Without the framework's small links beside a choice: they need its scripts."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Locked while a form is saved, so that of two forms the second finds what the first one wrote."""
        obj = super().get_object(request, object_id, from_field)
        if obj is None or request.method != "POST" or not transaction.get_connection().in_atomic_block:
            return obj
        return type(obj)._base_manager.select_for_update(of=("self",)).filter(pk=obj.pk).first()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [name for name in super().get_fields(request, obj) if name not in RowForm.declared_fields]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = self.deletable and super().has_delete_permission(request, obj)
        return allowed and (obj is None or self.is_fresh(obj, timezone.localdate()))

    def is_fresh(self, obj: Any, today: date) -> bool:
        """Entered today, perhaps by mistake, or not yet in force. What has been in force ends and is not deleted."""
        entered = Event.objects.about(obj).filter(kind=f"{self.opts.model_name}.added", occurred_at__date=today)
        if entered.exists():
            return True
        if not self.in_force_from:
            return False
        return type(obj)._base_manager.filter(pk=obj.pk, **{f"{self.in_force_from}__gt": today}).exists()

    def named(self, obj: Any) -> str:
        """What the journal keeps of a deleted row for ever; without the name of a person, who may want it erased."""
        return str(obj)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._tell(request, obj, "added", "angelegt")

    def verb_of(self, fields: Collection[str]) -> str:
        """The end of the event kind of a change of these fields."""
        return "changed"

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """With the names of the fields beside their labels."""
        parts: Any = super().construct_change_message(request, form, formsets, add)
        return [{**part, "names": form.changed_data} for part in parts]

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        changed = ", ".join(name for part in message for name in part.get("changed", {}).get("fields", ()))
        if changed:
            names = {name for part in message for name in part["names"]}
            self._tell(request, obj, self.verb_of(names), "geändert", changed)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            self._tell(request, obj, "deleted", "gelöscht", self.named(obj))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"Verlauf: {obj}",
            "events": Event.objects.about(obj).select_related("author")[:200],
            "object": obj,
            "opts": self.opts,
        }
        return TemplateResponse(request, self.object_history_template, context)

    def _tell(self, request: HttpRequest, obj: models.Model, verb: str, word: str, after: str = "") -> None:
        name = obj._meta.model_name
        title = f"{str(obj._meta.verbose_name)[0].upper()}{str(obj._meta.verbose_name)[1:]} {word}"
        record(Entry(subject=obj, kind=f"{name}.{verb}", title=title, after=after), by=request.user)
        if self.seen_by_public:
            PublicVersion.raise_()


class TownForm(RowForm):
    picture = forms.FileField(
        label="Wappen",
        required=False,
        help_text="PNG oder JPEG, höchstens 1 MB. Gespeichert werden nur die Bildpunkte.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    without_arms = forms.BooleanField(label="Wappen entfernen", required=False)

    class Meta:
        model = Town
        fields = ("name", "portal_name", "office", "street", "postal_code", "city", "email", "phone", "is_example")

    def clean_picture(self) -> bytes | None:
        upload: UploadedFile | None = self.cleaned_data["picture"]
        if upload is None:
            return None
        try:
            return as_png(upload.read(MAX_BYTES + 1))
        except PictureRefused as refused:
            raise ValidationError(str(refused)) from refused


@admin.register(Town)
class TownAdmin(SettingsAdmin):
    form = TownForm
    deletable = False
    readonly_fields = ("arms_now",)
    fieldsets = (
        (None, {"fields": ("name", "portal_name", "office")}),
        ("Anschrift und Kontakt", {"fields": ("street", ("postal_code", "city"), "email", "phone")}),
        ("Wappen", {"fields": ("arms_now", "picture", "without_arms")}),
        ("Beispiel", {"fields": ("is_example",)}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Town.objects.exists()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one town: its list is its form."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        town = Town.objects.first()
        if town is None:
            return HttpResponseRedirect(reverse("admin:ground_town_add"))
        return HttpResponseRedirect(reverse("admin:ground_town_change", args=[town.pk]))

    @admin.display(description="Heute")
    def arms_now(self, town: Town) -> str | SafeString:
        if not town.arms_id:
            return "noch keines"
        return format_html('<img src="{}" alt="Wappen" height="96">', reverse("public_arms"))

    def save_model(self, request: HttpRequest, obj: Town, form: Any, change: bool) -> None:
        obj.pk = 1
        if form.cleaned_data["picture"]:
            content = form.cleaned_data["picture"]
            obj.arms = Document.store(name="wappen.png", media_type="image/png", content=content)
        elif form.cleaned_data["without_arms"]:
            obj.arms = None
        super().save_model(request, obj, form, change)
