"""Since when an account may do what it may do: changes of role or activity have an event kind of their own."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max

from accounts.models import User
from ground.models import Event

ACCESS_FIELDS = frozenset({"role", "is_active"})
ACCESS_CHANGED = "access_changed"
KIND = f"user.{ACCESS_CHANGED}"


def access_changed(pks: Collection[int]) -> dict[int, datetime]:
    """When role or activity of the accounts were last changed, by id; of others nothing is known. One query."""
    events = Event.objects.filter(subject_type=User._meta.label_lower, subject_id__in=pks, kind=KIND)
    return dict(events.order_by().values_list("subject_id").annotate(latest=Max("occurred_at")))
