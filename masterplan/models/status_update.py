from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ground.models import AppendOnly
from masterplan.models.measure import Measure


class UpdateState(models.TextChoices):
    DRAFT = "DRAFT", "Entwurf"
    SUBMITTED = "SUBMITTED", "abgeschickt"
    APPROVED = "APPROVED", "übernommen"
    RETURNED = "RETURNED", "zurückgegeben"


OPEN_STATES = (UpdateState.DRAFT, UpdateState.SUBMITTED)


class StatusUpdateQuerySet(models.QuerySet["StatusUpdate"]):
    def approved(self) -> Self:
        return self.filter(state=UpdateState.APPROVED)

    def told(self) -> Self:
        """Reports: approved, and a person sent it or said more in it than a reason.

        Not what is derived, imported or set for many measures at once: those change a value, perhaps with a reason,
        and nobody has looked at how the measure goes.
        """
        said = ~Q(**dict.fromkeys((name for name in TEXTS if name != "reason"), ""))
        return self.approved().filter(Q(submitted_at__isnull=False) | said, author__isnull=False)

    def decided(self) -> Self:
        return self.exclude(decided_at=None)

    def submitted(self) -> Self:
        return self.filter(state=UpdateState.SUBMITTED)

    def of_units(self) -> Self:
        """As `is_of_unit`."""
        return self.filter(Q(submitted_at__isnull=False) | Q(state=UpdateState.DRAFT))

    def open(self) -> Self:
        """Nobody decided on them yet; of each measure there is one at the most."""
        return self.filter(state__in=OPEN_STATES)

    def with_public_sentence(self) -> Self:
        return self.approved().exclude(public_sentence="")

    def update(self, **kwargs: Any) -> int:
        self._refuse_approved()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_approved()
        return super().delete()

    update.alters_data = delete.alters_data = delete.queryset_only = True  # type: ignore[attr-defined]

    def _refuse_approved(self) -> None:
        if self.approved().exists():
            raise AppendOnly


TEXTS = ("achieved", "next_steps", "public_sentence", "reason", "cause", "remarks", "decision")
"""What a person writes in an update beside the values, in the order of the form."""


class StatusUpdate(models.Model):
    """Statusmeldung: the only way in which phase, health, progress and dates of a measure change.

    `values` holds the new values by field name, `before` those they replaced, as `masterplan.new_state` writes them;
    while nobody decided, `before` is what the author saw. `options` are the ways out of which `decision` is to choose
    one, each with `text`, `days` (whole, later than now), `amount` (euro as text with a point) and `recommended`.
    `reason` and `public_sentence` may be published, everything else stays inside; `as_submitted` keeps the two as they
    were sent where the approval worded them anew. `via_link`: sent by the signed link that `author` got.
    Once approved it is never changed or deleted; on PostgreSQL the table refuses as well.
    """

    measure = models.ForeignKey(Measure, verbose_name="Maßnahme", on_delete=models.PROTECT, related_name="updates")
    state = models.CharField("Stand", max_length=12, choices=UpdateState.choices)
    values = models.JSONField("neue Werte", default=dict)
    before = models.JSONField("bisherige Werte", default=dict)
    reason = models.TextField("Grund", blank=True)
    public_sentence = models.CharField("Öffentlicher Satz", max_length=400, blank=True)
    cause = models.TextField("Ursache (intern)", blank=True)
    remarks = models.TextField("Bemerkungen (intern)", blank=True)
    contradiction = models.TextField("Widerspruch zu den Kriterien (intern)", blank=True)
    achieved = models.TextField("Was erreicht wurde (intern)", blank=True)
    next_steps = models.TextField("Was als Nächstes kommt (intern)", blank=True)
    decision = models.TextField("Nötige Entscheidung (intern)", blank=True)
    options = models.JSONField("Möglichkeiten (intern)", default=list)
    correction = models.BooleanField("Korrektur", default=False)
    as_submitted = models.JSONField("Texte, wie abgeschickt", default=dict)
    version = models.PositiveIntegerField(default=1, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    via_link = models.BooleanField("über Link", default=False)
    created_at = models.DateTimeField("angelegt am")
    saved_at = models.DateTimeField("zuletzt geschrieben am", default=timezone.now)
    submitted_at = models.DateTimeField("abgeschickt am", null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("entschieden am", null=True)
    comment = models.TextField("Hinweis zur Rückgabe (intern)", blank=True)

    objects = StatusUpdateQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Statusmeldung", "Statusmeldungen"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["measure", "state", "-decided_at"], name="update_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["APPROVED", "RETURNED"], decided_at__isnull=False)
                | Q(state__in=["DRAFT", "SUBMITTED"], decided_at=None),
                name="update_decided_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="SUBMITTED") | Q(submitted_at__isnull=False), name="update_submitted_has_its_time"
            ),
            models.CheckConstraint(condition=~Q(state="RETURNED") | ~Q(comment=""), name="update_returned_says_why"),
            models.UniqueConstraint(
                fields=["measure"], condition=Q(state__in=["DRAFT", "SUBMITTED"]), name="update_one_open_per_measure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure.number}: {self.get_state_display()}"

    @property
    def says_something(self) -> bool:
        """Beside values and the reason for them."""
        return any(getattr(self, name) for name in TEXTS if name != "reason")

    @property
    def is_of_unit(self) -> bool:
        """Written to be sent; what who approves reports directly, and what follows by itself, is not."""
        return self.submitted_at is not None or self.state == UpdateState.DRAFT

    @property
    def says_unchanged(self) -> bool:
        return not self.values and not any(getattr(self, name) for name in TEXTS)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_approved()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_approved()
        return super().delete(*args, **kwargs)

    def _refuse_approved(self) -> None:
        if self.pk and StatusUpdate.objects.approved().filter(pk=self.pk).exists():
            raise AppendOnly
