from django.db import models


class PageKey(models.TextChoices):
    """The pages and passages whose words belong to the town."""

    START = "START", "Startseite: Einleitung"
    OFFICER = "OFFICER", "Digital Officer: Aufgabe, Kontakt, Sprechstunde"
    IMPRINT = "IMPRINT", "Impressum"
    PRIVACY = "PRIVACY", "Datenschutz"
    ACCESSIBILITY = "ACCESSIBILITY", "Barrierefreiheit"


class PageText(models.Model):
    """A page's text, written by the town in Markdown."""

    key = models.CharField("Seite", max_length=16, choices=PageKey.choices, unique=True)
    title = models.CharField("Überschrift", max_length=120)
    text = models.TextField("Text", blank=True, help_text="Absätze, Listen, Überschriften und Links in Markdown.")
    changed_at = models.DateTimeField("geändert am", auto_now=True)

    class Meta:
        verbose_name, verbose_name_plural = "Seitentext", "Seitentexte"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title
