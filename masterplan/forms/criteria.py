from typing import Any

from django import forms

from ground.formats import sentence_start
from ground.forms import VersionField
from masterplan.models import HealthCriteria
from masterplan.models.health_criteria import NAMES
from masterplan.rules import Criteria

LATER = "Das muss mehr sein als bei „gefährdet“."
MOST = {"days": 3650, "points": 100, "percent": 1000}


class CriteriaForm(forms.Form):
    version = VersionField()
    reason = forms.CharField(label="Grund", max_length=100, help_text="Bleibt im Verlauf der Kriterien.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, most in MOST.items():
            for level in ("at_risk", "critical"):
                label = str(HealthCriteria._meta.get_field(f"{name}_{level}").verbose_name)  # type: ignore[union-attr]
                self.fields[f"{name}_{level}"] = forms.IntegerField(
                    label=sentence_start(label), min_value=1, max_value=most
                )
        self.order_fields([*NAMES, "reason", "version"])

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"{name}_at_risk"], self[f"{name}_critical"]) for name in MOST]

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        for name in MOST:
            at_risk, critical = sent.get(f"{name}_at_risk"), sent.get(f"{name}_critical")
            if at_risk and critical and critical <= at_risk:
                self.add_error(f"{name}_critical", LATER)
        return sent

    def criteria(self) -> Criteria:
        return Criteria(**{name: self.cleaned_data[name] for name in NAMES})
