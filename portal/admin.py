from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from ground.admin import SettingsAdmin
from ground.richtext import richtext
from portal.models import PageKey, PageText

ADDRESSES = {
    PageKey.START: "public_start",
    PageKey.OFFICER: "public_officer",
    PageKey.IMPRINT: "public_imprint",
    PageKey.PRIVACY: "public_privacy",
    PageKey.ACCESSIBILITY: "public_accessibility",
}


@admin.register(PageText)
class PageTextAdmin(SettingsAdmin):
    deletable = False
    list_display = ("title", "key", "changed_at")
    readonly_fields = ("preview", "changed_at")
    fieldsets = (
        (None, {"fields": ("key", "title", "text")}),
        ("So sieht es gespeichert aus", {"fields": ("preview", "changed_at")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: PageText | None = None) -> tuple[str, ...]:
        return (*self.readonly_fields, "key") if obj else self.readonly_fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and PageText.objects.count() < len(PageKey)

    @admin.display(description="Vorschau")
    def preview(self, page: PageText) -> str:
        return format_html('<div class="preview">{}</div>', richtext(page.text)) if page.text else "noch kein Text"

    def view_on_site(self, obj: PageText) -> str:
        return reverse(ADDRESSES[PageKey(obj.key)])
