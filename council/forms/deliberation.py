from typing import Any

from django import forms
from django.utils import timezone

from council.forms.bodies import SittingForm
from council.models import AgendaItem, Committee, Consultation, Faction, Meeting, Minutes, Paper, PaperKind
from ground.forms import DayInput
from ground.uploads import MAX_BYTES, SUFFIXES, CheckedFile, FileRefused, checked


class FactionForm(SittingForm):
    class Meta:
        model = Faction
        fields = ["term", "kind", "name", "short_name"]

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["term"].disabled = bool(self.instance.pk)


class PaperForm(SittingForm):
    class Meta:
        model = Paper
        fields = ["reference", "kind", "name", "date", "unit", "faction", "public"]
        widgets = {"date": DayInput()}
        help_texts = {
            "reference": "Wie im Ratsinformationssystem.",
            "unit": "Woher die Vorlage kommt, wenn die Verwaltung sie schreibt.",
            "faction": "Woher sie kommt, wenn es ein Antrag oder eine Anfrage aus dem Rat ist.",
            "public": "Ohne Haken lesen sie nur, wer an der nichtöffentlichen Beratung teilnehmen darf.",
        }

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        factions: Any = self.fields["faction"]
        factions.queryset = Faction.objects.select_related("term")
        factions.label_from_instance = lambda one: f"{one.name} ({one.term})"


class ConsultationForm(SittingForm):
    class Meta:
        model = Consultation
        fields = ["position", "committee", "role", "authoritative", "meeting", "in_writing"]
        help_texts = {
            "position": "Stationen mit demselben Platz beraten nebeneinander.",
            "meeting": "Leer, solange die Sitzung noch nicht feststeht.",
        }

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        committees: Any = self.fields["committee"]
        committees.queryset = Committee.objects.select_related("term")
        committees.label_from_instance = lambda one: f"{one.name} ({one.term})"
        meetings: Any = self.fields["meeting"]
        meetings.queryset = Meeting.objects.filter(
            start__date__gte=self.instance.paper.date, cancelled=False
        ).select_related("committee").order_by("start") | Meeting.objects.filter(
            pk=self.instance.meeting_id
        ).select_related("committee").order_by("start")


class AgendaItemForm(SittingForm):
    class Meta:
        model = AgendaItem
        fields = ["number", "name", "public", "consultation"]
        help_texts = {
            "public": "Ohne Haken steht der Punkt im nichtöffentlichen Teil.",
            "consultation": "Zur Wahl stehen Vorlagen, deren Beratungsfolge diese Sitzung nennt.",
        }

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        stations: Any = self.fields["consultation"]
        stations.queryset = Consultation.objects.filter(meeting=self.instance.meeting_id).select_related("paper")
        stations.label_from_instance = lambda one: f"{one.paper.reference}: {one.paper.name}"


class MinutesForm(SittingForm):
    class Meta:
        model = Minutes
        fields = ["approved_on", "approved_in"]
        widgets = {"approved_on": DayInput()}

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        later: Any = self.fields["approved_in"]
        held = self.instance.meeting
        later.queryset = Meeting.objects.filter(
            committee__kind=held.committee.kind, start__gt=held.start, cancelled=False
        ).select_related("committee")


class UploadForm(forms.Form):
    title = forms.CharField(label="Titel", max_length=120)
    upload = forms.FileField(
        label="Datei",
        help_text=f"Höchstens {MAX_BYTES // 1_000_000} MB: PDF, Bilder, Word, Excel, PowerPoint, OpenDocument, CSV "
        "oder Text; ohne Makros und Passwort.",
        widget=forms.FileInput(attrs={"accept": ",".join(f".{suffix}" for suffix in SUFFIXES)}),
    )
    public = forms.BooleanField(label="Öffentlich: für alle, die Vorlage oder Sitzung lesen dürfen", required=False)
    main = forms.BooleanField(label="Hauptdokument der Vorlage", required=False)

    def __init__(self, data: Any = None, files: Any = None, *, of_paper: bool) -> None:
        super().__init__(data, files)
        if not of_paper:
            del self.fields["main"]

    def clean_upload(self) -> CheckedFile:
        sent = self.cleaned_data["upload"]
        try:
            return checked(sent.name or "", sent.read(MAX_BYTES + 1))
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from refused


class PaperFilter(forms.Form):
    wort = forms.CharField(label="Nummer oder Wort", required=False, max_length=100)
    art = forms.ChoiceField(label="Art", required=False, choices=[("", "alle"), *PaperKind.choices])


class MeetingFilter(forms.Form):
    gremium = forms.ModelChoiceField(
        label="Gremium", required=False, queryset=Committee.objects.none(), empty_label="alle"
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        chosen: Any = self.fields["gremium"]
        chosen.queryset = Committee.objects.of_day(timezone.localdate()).order_by("name")
