from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.access import Perm
from council.models.bodies import Committee, Meeting
from council.models.minutes import Minutes
from council.models.paper import Paper
from ground.models import Document


class FileQuerySet(models.QuerySet["File"]):
    def visible_to(self, user: Any, today: date) -> Self:
        """A public file for who sees its paper or meeting, the others for those entitled to what is not public."""
        if user.has_perm(Perm.EDIT_MEETINGS):
            return self.all()
        papers = Paper.objects.visible_to(user, today).order_by().values("pk")
        closed = Paper.objects.open_to(user, today).order_by().values("pk")
        meetings = Meeting.objects.visible_to(user, today).order_by().values("pk")
        of_paper = Q(paper__in=papers) & (Q(public=True) | Q(paper__in=closed))
        entitled = Q(public=True, minutes__meeting__committee__meets_in_public=True)
        if user.has_perm(Perm.READ_CLOSED_PAPERS):
            entitled = Q()
        elif not user.has_perm(Perm.OPEN_WORKSPACE):
            entitled |= Q(minutes__meeting__committee__in=Committee.objects.open_to(user, today).order_by())
        return self.filter(of_paper | (Q(minutes__meeting__in=meetings) & entitled))


class File(models.Model):
    """Datei (OParl: File) of a paper or of minutes."""

    paper = models.ForeignKey(Paper, null=True, editable=False, on_delete=models.PROTECT, related_name="files")
    minutes = models.ForeignKey(Minutes, null=True, editable=False, on_delete=models.PROTECT, related_name="files")
    title = models.CharField("Titel", max_length=120)
    main = models.BooleanField("Hauptdokument", default=False)
    public = models.BooleanField("öffentlich", default=False)
    document = models.OneToOneField(Document, editable=False, on_delete=models.PROTECT, related_name="+")

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Datei", "Dateien"
        ordering = ["-main", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper=None, minutes__isnull=False) | Q(paper__isnull=False, minutes=None),
                name="file_of_a_paper_or_of_minutes",
            ),
            models.UniqueConstraint(fields=["paper"], condition=Q(main=True), name="file_one_main_of_a_paper"),
        ]

    def __str__(self) -> str:
        return self.title
