from typing import Any

from django import forms
from django.http import QueryDict

from accounts.persons import INTERNAL, ask_about_persons
from council.models import Meeting
from ground import formats
from ground.forms import VersionField
from ground.halfyears import HalfYear


class OpenReportForm(forms.Form):
    period = forms.TypedChoiceField(label="Halbjahr", coerce=HalfYear.parse)

    def __init__(self, *args: Any, periods: list[HalfYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(str(period), period.label) for period in periods]  # type: ignore[attr-defined]


class MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, meeting: Meeting) -> str:
        return formats.weekday_moment(meeting.start) + (" (abgesagt)" if meeting.cancelled else "")


class ReportForm(forms.Form):
    meeting = MeetingChoice(
        label="Sitzung", queryset=Meeting.objects.none(), required=False, empty_label="noch nicht bestimmt"
    )
    assessment = forms.CharField(
        label="Einschätzung des Digital Officer",
        required=False,
        max_length=700,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="Ein Absatz für die erste Seite: was das Halbjahr geprägt hat und was jetzt nötig ist. Höchstens 700 "
        "Zeichen. Er erscheint auch in der Ausgabe für die Öffentlichkeit.",
    )
    version = VersionField()
    published: tuple[str, ...] = ("assessment",)

    def __init__(self, data: Any = None, *, report: Any) -> None:
        initial = {"meeting": report.meeting, "assessment": report.assessment, "version": report.version}
        super().__init__(data, initial=initial)
        self.fields["meeting"].queryset = report.committee.meetings.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        ask_about_persons(self, *self.published)
        return self.cleaned_data


class StepForm(forms.Form):
    """Of a button that sends nothing but the version its page was made of."""

    version = VersionField()


def sent_version(sent: QueryDict) -> int:
    form = StepForm(sent)
    form.is_valid()
    return int(form.cleaned_data["version"])


class ReturnForm(forms.Form):
    comment = forms.CharField(
        label="Was soll sich ändern?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Nennen Sie keine Personen. Nur der Digital Officer und die Verwaltungsleitung lesen den Kommentar; "
        "er wird für immer aufbewahrt.",
    )
    version = VersionField()

    def __init__(self, data: Any = None, *, report: Any) -> None:
        super().__init__(data, initial={"version": report.version})

    def clean(self) -> dict[str, Any]:
        ask_about_persons(self, "comment", fate=INTERNAL)
        return self.cleaned_data


class CorrectionForm(ReportForm):
    reason = forms.CharField(
        label="Warum gibt es eine neue Fassung?",
        max_length=200,
        help_text="Der Satz steht auf dem Deckblatt und auf der öffentlichen Seite.",
    )
    field_order = ["reason", "meeting", "assessment", "version"]
    published = ("reason", "assessment")
