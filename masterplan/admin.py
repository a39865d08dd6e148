"""Fields of action under /verwaltung/; here and not in `strategy`, for only the measures know which codes were used."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from ground.admin import SettingsAdmin
from ground.slugs import slug_of
from masterplan.models import Measure
from strategy.models import FieldOfAction


@admin.register(FieldOfAction)
class FieldOfActionAdmin(SettingsAdmin):
    """Code and address stay once they are given: numbers of measures and links from outside hang on them."""

    list_display = ("code", "title", "position", "withdrawn_on")
    list_display_links = ("code", "title")
    search_fields = ("code", "title")
    fieldsets = (
        (None, {"fields": ("code", "title", "teaser", "description")}),
        (
            "Ordnung",
            {
                "fields": ("position", "withdrawn_on"),
                "description": "Ein Handlungsfeld, das nicht mehr gebraucht wird, bleibt mit seinen Maßnahmen lesbar.",
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: FieldOfAction | None = None) -> tuple[str, ...]:
        return ("code",) if obj else ()

    def is_fresh(self, obj: FieldOfAction, today: date) -> bool:
        """No measure ever belonged to it or took its code; any other is withdrawn, and its code not given again."""
        return not Measure.history.filter(Q(field=obj) | Q(code=obj.code)).exists()

    def save_model(self, request: HttpRequest, obj: FieldOfAction, form: Any, change: bool) -> None:
        if not change:
            taken = FieldOfAction.objects.values_list("slug", flat=True)
            obj.slug = slug_of(obj.title, taken=set(taken), suffix=obj.code, longest=80)
        obj.save_tracked(by=request.user)

    def delete_model(self, request: HttpRequest, obj: FieldOfAction) -> None:
        obj._history_user = request.user
        super().delete_model(request, obj)
