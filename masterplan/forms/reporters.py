from typing import Any

from django import forms

from accounts.models import User
from masterplan.models import Measure


class ReporterForm(forms.Form):
    """A person whose measure it shall be, too; whose it is already is not offered."""

    user = forms.ModelChoiceField(
        label="Person",
        queryset=User.objects.none(),
        help_text="Sieht danach die Maßnahme mit ihren internen Notizen, auch wenn sie nichtöffentlich ist.",
    )

    def __init__(self, data: Any = None, *, measure: Measure) -> None:
        super().__init__(data)
        people: Any = self.fields["user"]
        already = [measure.responsible_id, measure.deputy_id, *measure.report_grants.values_list("user", flat=True)]
        people.queryset = (
            User.objects.able_to_answer_for_measures()
            .exclude(pk__in=[pk for pk in already if pk])
            .select_related("unit")
        )
        people.label_from_instance = lambda user: f"{user.name} ({user.unit.label})" if user.unit else user.name
