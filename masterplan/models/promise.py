from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import Count, Q, Sum

from ground.models import AppendOnlyQuerySet, AppendOnlyRow
from masterplan.models.measure import Measure
from masterplan.models.milestone import Milestone
from masterplan.rules import Promised, Slip


class PromiseKind(models.TextChoices):
    FIRST = "FIRST", "zugesagt"
    POSTPONED = "POSTPONED", "verschoben"
    BROUGHT_FORWARD = "BROUGHT_FORWARD", "vorgezogen"
    CORRECTION = "CORRECTION", "Korrektur"
    DROPPED = "DROPPED", "ohne Termin"
    RENEWED = "RENEWED", "wieder zugesagt"


class PromiseQuerySet(AppendOnlyQuerySet["DueDatePromise"]):
    def of_end(self) -> "PromiseQuerySet":
        """Promises of the measures' ends, without those of milestones."""
        return self.filter(milestone=None)

    def counted(self) -> "PromiseQuerySet":
        """Those that say that a promise was moved; a correction is kept and shown, not counted."""
        return self.filter(kind__in=[PromiseKind.POSTPONED, PromiseKind.BROUGHT_FORWARD])

    def slips(self, measure_ids: Collection[int]) -> dict[int, Slip]:
        """How often and how far the promised ends were moved; without those that never were."""
        moved = self.of_end().counted().filter(measure__in=measure_ids).order_by().values_list("measure")
        rows = moved.annotate(
            total=Sum("days"),
            times=Count("pk", filter=Q(kind=PromiseKind.POSTPONED)),
            forward=Count("pk", filter=Q(kind=PromiseKind.BROUGHT_FORWARD)),
        )
        return {measure: Slip(times, total, forward) for measure, total, times, forward in rows}

    def by_date(self) -> dict[tuple[int, int | None], list[Promised]]:
        """Every promise of the rows, oldest first, by measure and milestone (None for the end); in one query."""
        found: dict[tuple[int, int | None], list[Promised]] = {}
        columns = ("measure_id", "milestone_id", "kind", "promised_on", "due", "days")
        for measure, milestone, kind, on, due, days in self.order_by("promised_on", "pk").values_list(*columns):
            found.setdefault((measure, milestone), []).append(Promised(kind, on, due, days))
        return found


class DueDatePromise(AppendOnlyRow):
    """Terminzusage: every due date that was ever promised, of a measure's end or of a milestone. Never changed."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="promises")
    milestone = models.ForeignKey(Milestone, null=True, on_delete=models.PROTECT, related_name="promises")
    kind = models.CharField("Art", max_length=16, choices=PromiseKind.choices)
    promised_on = models.DateField("zugesagt am")
    due = models.DateField("Termin", null=True)
    previous = models.DateField("vorher", null=True)
    days = models.IntegerField("Tage", default=0, help_text="von der vorigen Zusage bis zu dieser")
    reason = models.TextField("Grund", blank=True)
    public = models.BooleanField(
        "Grund öffentlich", default=False, help_text="Er wurde geschrieben, als die Maßnahme öffentlich war."
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Terminzusage", "Terminzusagen"
        ordering = ["promised_on", "pk"]
        indexes = [models.Index(fields=["measure", "milestone", "kind"], name="promise_of_measure")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="FIRST", previous=None) | ~Q(kind="FIRST") & ~Q(reason=""),
                name="promise_moved_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind="DROPPED", due=None) | ~Q(kind="DROPPED") & Q(due__isnull=False),
                name="promise_has_a_day_or_is_dropped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.due}"
