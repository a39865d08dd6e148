from django.db import models
from django.db.models import Q

from ground.models.document import Document


class Town(models.Model):
    """The one town that this portal serves; everything that names it comes from here."""

    name = models.CharField("Name", max_length=120, help_text="Zum Beispiel: Stadt Musterstadt")
    portal_name = models.CharField("Name des Portals", max_length=60)
    office = models.CharField(
        "Zuständige Stelle", max_length=120, blank=True, help_text="Steht in der Fußzeile und auf dem Bericht."
    )
    street = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    postal_code = models.CharField("Postleitzahl", max_length=5, blank=True)
    city = models.CharField("Ort", max_length=80, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    arms = models.ForeignKey(
        Document,
        verbose_name="Wappen",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_example = models.BooleanField(
        "Beispieldaten", default=False, help_text="Jede Seite und jedes Dokument wird als Beispiel gekennzeichnet."
    )

    class Meta:
        verbose_name = verbose_name_plural = "Stadt"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="town_is_one")]

    def __str__(self) -> str:
        return self.name
