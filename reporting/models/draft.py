from django.db import models
from django.db.models import Q

from reporting.models.edition import EditionKind
from reporting.models.rendering import Rendering, RenderingQuerySet
from reporting.models.report import Report


class Draft(Rendering):
    """Entwurf of one edition, as the report would be frozen at the moment it was asked for. The next one replaces it,
    the freeze removes it."""

    report = models.ForeignKey(Report, verbose_name="Bericht", on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField("Ausgabe", max_length=20, choices=EditionKind.choices)
    payload = models.TextField()
    asked_at = models.DateTimeField("angefordert am")
    name = models.CharField("Dateiname", max_length=120)
    content = models.BinaryField(null=True)

    objects = RenderingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Entwurf", "Entwürfe"
        ordering = ["report", "kind"]
        constraints = [
            *Rendering.Meta.constraints,
            models.UniqueConstraint(fields=["report", "kind"], name="draft_kind_once"),
            models.CheckConstraint(condition=Q(kind__in=EditionKind.values), name="draft_kind_known"),
            models.CheckConstraint(
                condition=Q(state="READY", content__isnull=False) | ~Q(state="READY") & Q(content=None),
                name="draft_ready_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"Entwurf, {self.get_kind_display()}: {self.report}"
