from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.access import Perm
from council.models import Committee
from ground.models import AppendOnly, AppendOnlyQuerySet, AppendOnlyRow, Document
from reporting.models.rendering import Rendering, RenderingQuerySet
from reporting.models.report import takes_part
from reporting.models.snapshot import Snapshot


class EditionKind(models.TextChoices):
    COUNCIL = "COUNCIL", "Ausgabe Rat"
    PUBLIC = "PUBLIC", "Ausgabe Öffentlichkeit"
    CONFIDENTIAL_ANNEX = "CONFIDENTIAL_ANNEX", "Nichtöffentliche Anlage"


RENDERING_FIELDS = frozenset({"state", "progress", "step", "attempts", "claimed_at", "error", "document", "pages"})
"""All that ever changes: how far the file is."""


class EditionQuerySet(RenderingQuerySet["Edition"], AppendOnlyQuerySet["Edition"]):  # type: ignore[override]
    def update(self, **kwargs: Any) -> int:
        if set(kwargs) - RENDERING_FIELDS:
            raise AppendOnly
        return models.QuerySet.update(self, **kwargs)

    def released(self) -> Self:
        return self.filter(snapshot__release__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-snapshot__report__year", "-snapshot__report__half", "-snapshot__fassung", "kind")

    def visible_to(self, user: Any, today: date) -> Self:
        """Before the Freigabe: who prepares or releases. After it the council edition for those who read reports, the
        annex for those to whom its committee is open."""
        if takes_part(user):
            return self.all()
        if not user.has_perm(Perm.READ_REPORTS):
            return self.released().filter(kind=EditionKind.PUBLIC)
        own = Committee.objects.open_to(user, today).order_by()
        return self.released().filter(~Q(kind=EditionKind.CONFIDENTIAL_ANNEX) | Q(snapshot__report__committee__in=own))


class Edition(AppendOnlyRow, Rendering):
    """Ausgabe of a snapshot for one audience. Its payload is frozen; only how far the file is changes."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="editions")
    kind = models.CharField("Ausgabe", max_length=20, choices=EditionKind.choices)
    payload = models.TextField()
    sha256 = models.CharField(max_length=64)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Ausgabe", "Ausgaben"
        ordering = ["snapshot", "kind"]
        constraints = [
            *Rendering.Meta.constraints,
            models.UniqueConstraint(fields=["snapshot", "kind"], name="edition_kind_once"),
            models.CheckConstraint(condition=Q(kind__in=EditionKind.values), name="edition_kind_known"),
            models.CheckConstraint(
                condition=Q(state="READY", document__isnull=False) | ~Q(state="READY") & Q(document=None),
                name="edition_ready_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.snapshot}"
