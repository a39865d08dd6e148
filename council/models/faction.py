from django.db import models

from council.models.bodies import LegislativeTerm


class FactionKind(models.TextChoices):
    FACTION = "FACTION", "Fraktion"
    GROUP = "GROUP", "Gruppe"


class Faction(models.Model):
    """Fraktion or Gruppe of one term (OParl: an Organization of its own type)."""

    term = models.ForeignKey(
        LegislativeTerm, verbose_name="Wahlperiode", on_delete=models.PROTECT, related_name="factions"
    )
    kind = models.CharField("Art", max_length=8, choices=FactionKind.choices, default=FactionKind.FACTION)
    name = models.CharField("Name", max_length=160)
    short_name = models.CharField("Kurzname", max_length=40)

    class Meta:
        verbose_name, verbose_name_plural = "Fraktion oder Gruppe", "Fraktionen und Gruppen"
        ordering = ["-term__start_date", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "name"],
                name="faction_name_unique_in_term",
                violation_error_message="In dieser Wahlperiode gibt es schon eine Fraktion oder Gruppe dieses Namens.",
            )
        ]

    def __str__(self) -> str:
        return self.name
