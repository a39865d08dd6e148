from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.persons import account
from council.models import Committee, LegislativeTerm, Meeting, Membership
from ground.admin import SettingsAdmin


class WithCommittee(SettingsAdmin):
    """Committees of several terms have one name, so that their choice names the term as well.

    A stored row keeps what is `fixed`: another person or term is another row.
    """

    fixed: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), *(self.fixed if obj else ()))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.related_model is Committee:
            field.queryset = Committee.objects.select_related("term")
            field.label_from_instance = lambda committee: f"{committee.name} ({committee.term})"
        return field


@admin.register(LegislativeTerm)
class LegislativeTermAdmin(SettingsAdmin):
    in_force_from = "start_date"
    list_display = ("name", "start_date", "end_date")


@admin.register(Committee)
class CommitteeAdmin(WithCommittee):
    fixed = ("term",)
    in_force_from = "term__start_date"
    list_display = ("name", "term", "kind", "meets_in_public", "receives_reports")
    list_select_related = ("term",)
    list_filter = ("term", "kind")
    search_fields = ("name", "short_name")
    fieldsets = (
        (None, {"fields": ("name", "short_name", "kind", "term")}),
        (
            "Vorgänger",
            {
                "fields": ("predecessor",),
                "description": "Für jede Wahlperiode wird das Gremium neu angelegt und nennt seinen Vorgänger: "
                "Alte Unterlagen behalten den Namen ihres Tages.",
            },
        ),
        ("Sitzungen und Bericht", {"fields": ("meets_in_public", "receives_reports")}),
    )


@admin.register(Membership)
class MembershipAdmin(WithCommittee):
    in_force_from = "start_date"
    fixed = ("committee", "user")
    seen_by_public = False
    list_display = ("user", "committee", "role", "start_date", "end_date")
    list_select_related = ("user", "committee__term")
    list_filter = ("committee__term", "committee__kind", "role")
    search_fields = ("user__name", "committee__name")
    fields = ("committee", "user", "role", ("start_date", "end_date"))

    def named(self, obj: Membership) -> str:
        return f"{obj.committee.short_name}, {account(obj.user_id)}"


@admin.register(Meeting)
class MeetingAdmin(WithCommittee):
    """The Ratsbüro moves and cancels, with a reason."""

    fixed = ("committee", "start")
    readonly_fields = ("cancelled", "cancelled_because")
    list_display = ("committee", "start", "location", "papers_due", "cancelled")
    list_select_related = ("committee",)
    list_filter = ("committee__term", "committee__kind", "cancelled")
    fields = ("committee", "start", "location", "papers_due", "cancelled", "cancelled_because")
