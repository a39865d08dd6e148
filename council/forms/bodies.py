from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.access import Role
from accounts.models import User
from accounts.persons import ask_about_persons
from council.models import Committee, Faction, LegislativeTerm, Meeting, Membership
from ground.forms import DayInput, MomentInput, demand_later
from ground.row_form import RowForm

NO_NAMES = "Nennen Sie keine Personen."


class SittingForm(RowForm):
    def changed_words(self) -> dict[str, str]:
        return {name: str(self.fields[name].label) for name in self.changed_data if name in self._stored}


class TermForm(SittingForm):
    class Meta:
        model = LegislativeTerm
        fields = ["name", "start_date", "end_date"]
        widgets = {"start_date": DayInput(), "end_date": DayInput()}


class CommitteeForm(SittingForm):
    class Meta:
        model = Committee
        fields = ["name", "short_name", "kind", "term", "predecessor", "meets_in_public", "receives_reports"]
        help_texts = {
            "term": "Für jede Wahlperiode wird das Gremium neu angelegt.",
            "predecessor": "Das Gremium der Wahlperiode davor; alte Unterlagen behalten seinen Namen.",
        }

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["term"].disabled = bool(self.instance.pk)
        before: Any = self.fields["predecessor"]
        before.queryset = Committee.objects.select_related("term").exclude(pk=self.instance.pk)
        before.label_from_instance = lambda one: f"{one.name} ({one.term})"


class MembershipForm(SittingForm):
    class Meta:
        model = Membership
        fields = ["user", "role", "faction", "start_date", "end_date"]
        widgets = {"start_date": DayInput(), "end_date": DayInput()}
        help_texts = {
            "user": f"Wer hier fehlt, hat noch kein Konto mit der Rolle {Role.COUNCIL.label}. Konten legt die "
            "Systemverwaltung an.",
            "end_date": "Leer: bis zum Ende der Wahlperiode. Mit dem letzten Tag endet auch der Zugang.",
        }

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        factions: Any = self.fields["faction"]
        factions.queryset = Faction.objects.filter(term=self.instance.committee.term_id)
        people: Any = self.fields["user"]
        people.disabled = bool(self.instance.pk)
        people.queryset = User.objects.with_role(Role.COUNCIL) | User.objects.filter(pk=self.instance.user_id)


class MeetingForm(SittingForm):
    start = forms.SplitDateTimeField(label="Beginn", widget=MomentInput())

    class Meta:
        model = Meeting
        fields = ["committee", "start", "location", "papers_due"]
        widgets = {"papers_due": DayInput()}
        help_texts = {"papers_due": "Der letzte Tag, an dem Vorlagen eingereicht werden."}

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        committees: Any = self.fields["committee"]
        committees.queryset = Committee.objects.select_related("term")
        committees.label_from_instance = lambda one: f"{one.name} ({one.term})"
        if self.instance.pk:
            committees.disabled = True
            self.fields["reason"] = forms.CharField(
                label="Grund",
                required=False,
                max_length=240,
                help_text=f"Nötig, wenn Sie Tag oder Uhrzeit ändern. {NO_NAMES}",
            )
            demand_later(self, "reason")

    def clean(self) -> dict[str, Any]:
        sent = super().clean()
        if self.instance.pk and "start" in self.changed_data and not sent.get("reason"):
            raise ValidationError({"reason": "Nennen Sie den Grund, aus dem die Sitzung verschoben wird."})
        ask_about_persons(self, "reason")
        return sent


class CancelForm(forms.Form):
    reason = forms.CharField(label="Grund der Absage", max_length=240, help_text=NO_NAMES)

    def clean(self) -> dict[str, Any]:
        ask_about_persons(self, "reason")
        return self.cleaned_data
