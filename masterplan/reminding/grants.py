"""Whom the daily mail tells of an application or a proof of use that falls due."""

from collections import defaultdict
from datetime import date

from ground.workdays import workdays_between
from masterplan.budget_figures import grants_with_deadline_due
from masterplan.models import Grant, GrantReminder
from masterplan.reminding.rules import GrantStep, told_of_grant
from masterplan.reminding.whom import at_hand

type Told = tuple[Grant, str, date, GrantStep]
"""The grant, what is to be done, by which day, and the step that came."""


def grants_to_tell(today: date) -> dict[int, list[Told]]:
    """By person what they were not told yet, most pressing first."""
    found = defaultdict(list)
    grants = list(grants_with_deadline_due(today).select_related("measure"))
    people = at_hand({one.measure_id for one in grants}, today)
    known = set(GrantReminder.objects.filter(grant__in=grants).values_list("grant", "recipient", "step", "due"))
    pressing = ((*grant.deadline, grant) for grant in grants if grant.deadline)
    for what, due, grant in sorted(pressing, key=lambda one: (one[1], one[2].pk)):
        steps = told_of_grant(*people[grant.measure_id], workdays=workdays_between(due, today))
        for person, step in steps.items():
            if (grant.pk, person, step.value, due) not in known:
                found[person].append((grant, what, due, step))
    return found
