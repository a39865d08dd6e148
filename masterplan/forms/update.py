"""What a unit is asked: how it goes, when it is done, what all may know. Everything else is folded away."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.persons import ask_about_persons
from ground.forms import DayInput, VersionField, demand_later
from masterplan.forms.cells import MOVES, PHASES_IN_PLACE, health_stated
from masterplan.forms.finishing import WHEN_FINISHED
from masterplan.forms.said import SaidForm, said_before
from masterplan.models import Health, Measure, Milestone, Phase, StatusUpdate
from masterplan.new_state import NewState, milestones_in, values_in
from masterplan.reasons import because, criteria_in_words
from masterplan.rules import Criteria, Verdict

DONE = "DONE"
DATES = ("planned_end", "planned_start", "actual_start")
MORE = ("achieved", "next_steps", "cause", "phase", "planned_start", "actual_start", "correction")
STEP_DATES = {"reached": "reached_on", "moved": "planned"}
"""How the two dates of a milestone are called in the form, where its id follows."""


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DayInput(), help_text=help_text)


class UpdateForm(SaidForm):
    """`seen` is the version of the open update from which the form began; 0 where there was none."""

    seen = VersionField()
    course = forms.ChoiceField(label="Wie läuft es?", required=False, widget=forms.RadioSelect)
    finished_on = _day("Fertig seit", "Nur für „Fertig“.")
    planned_end = _day("Neues Ende")
    correction = forms.ChoiceField(
        label="Art der Terminänderung",
        choices=MOVES,
        required=False,
        help_text="Eine Korrektur berichtigt einen Tippfehler. Sie bleibt sichtbar und zählt nicht als Verschiebung.",
    )
    phase = forms.ChoiceField(label="Phase", choices=PHASES_IN_PLACE)
    progress = forms.IntegerField(label="Fortschritt in Prozent", min_value=0, max_value=100)
    planned_start = _day("Geplanter Beginn")
    actual_start = _day("Tatsächlicher Beginn")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        measure: Measure,
        milestones: Sequence[Milestone],
        begun: StatusUpdate | None,
        verdict: Verdict,
        criteria: Criteria,
    ) -> None:
        """`milestones` are all current ones; `begun` is the open update, or the one that was given back."""
        self.measure = measure
        self.open_steps = [one for one in milestones if one.reached_on is None]
        super().__init__(data, initial=initial_of(measure, self.open_steps, begun))
        course: Any = self.fields["course"]
        course.choices = [
            ("", "So, wie es aus Terminen und Fortschritt folgt"),
            *((one.value, one.label) for one in Health if one != Health.NOT_ASSESSED),
            (DONE, "fertig"),
        ]
        self.criteria_shown = [
            f"Zurzeit „{Health(verdict.health).label}“, weil {because(verdict)}.",
            *(criteria_in_words(one, criteria) for one in Health if one != Health.NOT_ASSESSED),
            "In Betrieb oder abgeschlossen.",
        ]
        for step in self.open_steps:
            self.fields[f"reached_{step.pk}"] = _day("Erreicht am")
            self.fields[f"moved_{step.pk}"] = _day("Geplant für")
        self._leave_out(has_milestones=bool(milestones))

    def _leave_out(self, *, has_milestones: bool) -> None:
        self.fields["reason"].label = "Woran liegt es?"
        if self.measure.is_committed:
            self.fields["reason"].help_text = f"Nötig, sobald sich etwas ändert. {self.fields['reason'].help_text}"
        self.fields["remarks"].label = "Nur für den Digital Officer"
        if has_milestones:
            del self.fields["progress"]
        if not self.measure.first_promised_end:
            del self.fields["correction"]
        demand_later(self, "course", "finished_on", "planned_end", "correction", "reason", "phase", "progress")

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        if sent.get("course") == DONE and sent.get("finished_on") is None and "finished_on" in sent:
            self.add_error("finished_on", WHEN_FINISHED)
        self.check_decision()
        ask_about_persons(self, "reason", "public_sentence")
        return sent

    def choices(self) -> list[tuple[Any, str]]:
        """Each choice of the course with its criteria."""
        return list(zip(self["course"], self.criteria_shown, strict=True))

    def shows_steps(self) -> bool:
        return any(self.errors.get(f"{short}_{one.pk}") for one in self.open_steps for short in STEP_DATES)

    def shows_more(self) -> bool:
        begun = any(self[name].value() for name in ("achieved", "next_steps", "cause"))
        return begun or any(self.errors.get(name) for name in MORE)

    def asks_for(self, name: str) -> str | None:
        """The field in which a refused value of the measure was sent; None for the whole form."""
        if name.startswith("milestone_"):
            pk = name.removeprefix("milestone_")
            reached = self.cleaned_data.get(f"reached_{pk}")
            return f"{'reached' if reached else 'moved'}_{pk}" if f"moved_{pk}" in self.fields else None
        done = self.cleaned_data.get("course") == DONE
        asked = {"health": "course", "health_reason": "reason", "actual_end": "finished_on"}.get(name, name)
        asked = "course" if asked == "phase" and done else asked
        return asked if asked in self.fields else None

    def steps(self) -> Iterator[tuple[Milestone, forms.BoundField, forms.BoundField]]:
        for step in self.open_steps:
            yield step, self[f"reached_{step.pk}"], self[f"moved_{step.pk}"]

    def state(self) -> NewState:
        """What differs from the measure; of a form with errors, what can be understood of it."""
        said = self.said()
        return NewState(
            measure_id=self.measure.pk,
            values=dict(self._values(said["reason"])),
            milestones=dict(self._milestones()),
            correction=bool(self.cleaned_data.get("correction")),
            **said,
        )

    def _values(self, reason: str) -> Iterator[tuple[str, Any]]:
        sent, measure = self.cleaned_data, self.measure
        for name in (*DATES, "phase", "progress"):
            if name in sent and sent[name] != getattr(measure, name):
                yield name, sent[name]
        course = sent.get("course", "")
        if course == DONE:
            if measure.phase != Phase.COMPLETED:
                yield "phase", Phase.COMPLETED
            if sent.get("finished_on") != measure.actual_end:
                yield "actual_end", sent.get("finished_on")
        elif course != health_stated(measure):
            yield "health", course
            yield "health_reason", reason if course else ""

    def _milestones(self) -> Iterator[tuple[int, dict[str, Any]]]:
        for step in self.open_steps:
            names = {column: f"{short}_{step.pk}" for short, column in STEP_DATES.items()}
            dates = {
                column: self.cleaned_data[name]
                for column, name in names.items()
                if name in self.cleaned_data and self.cleaned_data[name] != getattr(step, column)
            }
            if dates:
                yield step.pk, dates


def initial_of(measure: Measure, steps: Sequence[Milestone], begun: StatusUpdate | None) -> dict[str, Any]:
    """The measure as it is, and what was written of it since."""
    values = values_in(begun.values) if begun else {}
    now = {name: values.get(name, getattr(measure, name)) for name in (*DATES, "phase", "progress")}
    finished = values.get("phase", measure.phase) == Phase.COMPLETED
    said = said_before(begun) if begun else {}
    return {
        **now,
        **said,
        "phase": measure.phase if finished else now["phase"],
        "course": DONE if finished else values.get("health", health_stated(measure)),
        "finished_on": values.get("actual_end", measure.actual_end),
        "correction": "1" if begun and begun.correction else "",
        "seen": begun.version if begun and begun.decided_at is None else VersionField.OF_NO_ROW,
        **_dates_of(steps, milestones_in(begun.values) if begun else {}),
    }


def _dates_of(steps: Sequence[Milestone], written: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    return {
        f"{short}_{step.pk}": written.get(step.pk, {}).get(column, getattr(step, column))
        for step in steps
        for short, column in STEP_DATES.items()
    }
