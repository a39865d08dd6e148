import re

import pytest
from django import forms

from ground.forms import DayInput, MomentInput, demand_later


class Sample(forms.Form):
    title = forms.CharField(label="Titel", help_text="Höchstens <120> Zeichen.")
    note = forms.CharField(label="Notiz", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(label="Art", choices=[("a", "Verschoben")])
    health = forms.ChoiceField(label="Stand", widget=forms.RadioSelect, choices=[("a", "im Plan"), ("b", "kritisch")])
    agreed = forms.BooleanField(label="Geprüft")
    end = forms.DateField(label="Ende", widget=DayInput, required=False)
    begin = forms.SplitDateTimeField(label="Beginn", widget=MomentInput, required=False)
    version = forms.CharField(widget=forms.HiddenInput)


def html(form):
    return re.sub(r" (?=>)|(?<=>) (?=<)", "", re.sub(r"\s+", " ", str(form)))


FRESH = html(Sample())
REFUSED = html(Sample({"note": "bleibt", "version": "1"}))


@pytest.mark.parametrize(
    "part",
    [
        '<label class="kern-label" for="id_title">Titel</label>'
        '<div class="kern-hint" id="id_title_helptext">Höchstens &lt;120&gt; Zeichen.</div>'
        '<input type="text" name="title" class="kern-form-input__input" required'
        ' aria-describedby="id_title_helptext" id="id_title">',
        'for="id_note">Notiz <span class="kern-label__optional">(freiwillig)</span></label>',
        '<div class="kern-form-input__select-wrapper"><select name="kind" class="kern-form-input__select"',
        '<legend class="kern-label">Stand</legend>',
        '<input type="radio" name="health" class="kern-form-check__radio" value="b" required id="id_health_1">'
        '<label class="kern-label" for="id_health_1">kritisch</label>',
        '<div class="kern-form-check"><input type="checkbox" name="agreed" class="kern-form-check__checkbox"'
        ' required id="id_agreed"><label class="kern-label" for="id_agreed">Geprüft</label></div>',
        '<input type="date" name="end" class="kern-form-input__input" id="id_end">',
        '<input type="time" name="begin_1" class="kern-form-input__input" aria-label="Uhrzeit" id="id_begin_1">',
        '<input type="hidden" name="version" id="id_version">',
    ],
)
def test_a_form_speaks_kern(part):
    assert part in FRESH


def test_a_fresh_form_has_no_error_summary():
    assert "error-summary" not in FRESH


@pytest.mark.parametrize(
    "part",
    [
        '<a href="#id_title">Titel: Bitte füllen Sie dieses Feld aus.</a>',
        '<a href="#id_health_0">Stand: Bitte füllen Sie dieses Feld aus.</a>',
        'aria-invalid="true" aria-describedby="id_title_helptext id_title_error"',
        '<p class="kern-error" id="id_title_error">',
        '<fieldset class="field kern-fieldset kern-fieldset--error" aria-describedby="id_health_error">',
        "bleibt</textarea>",
    ],
)
def test_a_refused_form_leads_to_each_error_and_keeps_what_was_written(part):
    assert part in REFUSED


def test_a_day_is_exchanged_with_the_browser_in_iso():
    form = Sample({"end": "2027-04-30"}, initial={"end": "x"})
    form.is_valid()
    assert form.cleaned_data["end"].isoformat() == "2027-04-30"
    assert 'value="2027-04-30"' in str(form["end"])


def test_a_field_that_something_else_may_ask_for_is_not_called_optional():
    class Form(forms.Form):
        reason = forms.CharField(label="Grund", required=False)

    form = Form()
    demand_later(form, "reason", "not_there")

    assert "(freiwillig)" not in str(form)
