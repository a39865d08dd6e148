from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ground.models import AppendOnlyQuerySet, AppendOnlyRow, Document
from reporting.models.report import Report


class SnapshotQuerySet(AppendOnlyQuerySet["Snapshot"]):
    def released(self) -> Self:
        return self.filter(release__isnull=False)


class Snapshot(AppendOnlyRow):
    """Fassung of a report: what was true when it was frozen. Its SHA-256 covers all its editions."""

    report = models.ForeignKey(Report, verbose_name="Bericht", on_delete=models.PROTECT, related_name="snapshots")
    fassung = models.PositiveSmallIntegerField("Fassung")
    correction = models.TextField("Grund der neuen Fassung", blank=True)
    frozen_at = models.DateTimeField("eingefroren am")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="von", null=True, on_delete=models.PROTECT, related_name="+"
    )
    schema_version = models.PositiveSmallIntegerField()
    template_version = models.PositiveSmallIntegerField()
    code = models.CharField("Prüfcode", max_length=16, unique=True)
    sha256 = models.CharField(max_length=64)
    arms = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Fassung", "Fassungen"
        ordering = ["report", "-fassung"]
        constraints = [
            models.UniqueConstraint(fields=["report", "fassung"], name="snapshot_fassung_once"),
            models.CheckConstraint(
                condition=Q(fassung=1, correction="") | Q(fassung__gt=1) & ~Q(correction=""),
                name="snapshot_correction_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, {self.fassung}. Fassung"


class Release(AppendOnlyRow):
    """Freigabe of one Fassung by the Verwaltungsleitung; without it nobody outside sees anything of it."""

    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, related_name="release")
    released_at = models.DateTimeField("freigegeben am")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="von", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Freigabe", "Freigaben"

    def __str__(self) -> str:
        return f"Freigabe: {self.snapshot}"
