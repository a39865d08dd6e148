from django.conf import settings
from django.db import models

from ground.models.append_only import AppendOnlyQuerySet, AppendOnlyRow


class EventQuerySet(AppendOnlyQuerySet["Event"]):
    def about(self, *subjects: models.Model) -> "EventQuerySet":
        """Events of these rows, which are all of one model."""
        return self.filter(
            subject_type=subjects[0]._meta.label_lower, subject_id__in=[subject.pk for subject in subjects]
        )

    def marked_public(self) -> "EventQuerySet":
        """Half of the rule: the subject has to be public now as well, which only its own floor can tell."""
        return self.filter(public=True)


class Event(AppendOnlyRow):
    """What happened, in the domain's words. Written once by the activity that did it, in its transaction."""

    occurred_at = models.DateTimeField("Zeit", db_index=True)
    kind = models.CharField("Art", max_length=60, help_text="Schlüssel wie measure.postponed")
    title = models.CharField("Ereignis", max_length=120)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    before = models.CharField("vorher", max_length=240, blank=True)
    after = models.CharField("nachher", max_length=240, blank=True)
    reason = models.TextField("Grund", blank=True)
    public = models.BooleanField("öffentlich", default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="von", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Ereignis", "Ereignisse"
        ordering = ["-occurred_at", "-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-occurred_at"], name="event_subject"),
            models.Index(fields=["subject_type", "-occurred_at", "author", "subject_id", "kind"], name="event_step"),
            models.Index(
                fields=["public", "subject_type", "-occurred_at", "author", "subject_id"], name="event_public"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.subject_type} {self.subject_id})"
