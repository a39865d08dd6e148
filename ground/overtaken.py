"""A form that someone else has overtaken: both versions side by side, and the choice between them field by field."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from ground.formats import in_words, moment
from ground.history import Tracked

TAKE = "take_"
THEIRS = "theirs"


@dataclass(frozen=True)
class Difference:
    name: str
    label: str
    base: str
    theirs: str
    mine: str

    @property
    def take(self) -> str:
        """The name of the choice between the two in the form that is sent again."""
        return f"{TAKE}{self.name}"

    @property
    def only_theirs(self) -> bool:
        return self.mine == self.base

    @property
    def only_mine(self) -> bool:
        return self.theirs == self.base


@dataclass(frozen=True)
class Overtaken:
    """Who saved in between and when; `differences` are the fields in which both versions differ now."""

    who: str
    when: str
    differences: list[Difference]


def compare(
    form: forms.BaseForm,
    current: Tracked,
    names: Iterable[str],
    value: Callable[[Any, str], Any] = getattr,
) -> Overtaken:
    """Both versions of a row whose form was refused as stale, compared with the last where its own was never kept.

    `value` reads a field from the row or from one of its history.
    """
    history: Any = type(current).history  # type: ignore[attr-defined]
    rows = history.filter(id=current.pk).order_by("-history_id").select_related("history_user")
    last = rows.first()
    base = rows.filter(version=form.cleaned_data["version"]).first() or last
    wanted = list(names)
    return overtaken(
        form,
        base={name: value(base, name) for name in wanted},
        theirs={name: value(current, name) for name in wanted},
        who=last.history_user,
        when=last.history_date,
    )


def overtaken(
    form: forms.BaseForm,
    *,
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    who: Any,
    when: datetime,
) -> Overtaken:
    """Compares what a valid form says (mine) with the row now (theirs) and with what the form began from (base)."""
    return Overtaken(str(who or "das System"), moment(when), list(_differences(form, base, theirs)))


def _differences(form: forms.BaseForm, base: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[Difference]:
    for bound in form.visible_fields():
        if bound.name in theirs:
            words = [shown(bound.field, values.get(bound.name)) for values in (base, theirs, form.cleaned_data)]
            if words[1] != words[2]:
                yield Difference(bound.name, str(bound.label), *words)


def shown(field: forms.Field, value: Any) -> str:
    """A field's value in words."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        value = ", ".join(sorted(str(row) for row in value or ()))
    choices = {} if isinstance(field, forms.ModelChoiceField) else dict(getattr(field, "choices", ()))
    return in_words(choices.get(value, value))


def taken_over(data: QueryDict, current: forms.BaseForm) -> QueryDict:
    """What was sent, with the row's present value in each field for which "theirs" was chosen.

    `current` is the unbound form of the row as it is now.
    """
    sent = data.copy()
    for name, field in current.fields.items():
        if data.get(f"{TAKE}{name}") == THEIRS:
            value = current[name].value()
            if isinstance(field.widget, forms.MultiWidget):
                for part in field.widget.get_context(name, value, {})["widget"]["subwidgets"]:
                    sent[part["name"]] = part["value"] or ""
            else:
                sent.setlist(name, [str(one) for one in value] if isinstance(value, list) else _as_sent(value))
    return sent


def _as_sent(value: Any) -> list[str]:
    if value is None or value is False:
        return []
    return ["on"] if value is True else [str(value)]
