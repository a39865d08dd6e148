"""Writes a marker into everything that is internal, past all activities, so that it can be looked for outside."""

import json
from datetime import timedelta
from itertools import count

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from ground.models import Document, Event, Town
from masterplan.models import Attachment
from reporting.models import Edition, EditionKind

FRAMEWORK = {"admin", "auth", "contenttypes", "sessions"}
LENGTH = len("ZQ000000QZ")
SHOWN_BY = ("published", "of_published", "released", "marked_public", "approved")
"""How the querysets of this house call the rows that may be shown; the other rows of the table are hidden."""
PUBLIC_TABLES = (Town,)
"""Everything about the town itself stands around every page (ground.frame)."""
DECIDE = {"visibility", "state", "public", "kind", "role", "phase", "subject_type", "subject_id", "withdrawn_at"}
"""Columns that say whether a row is shown, or what it is about."""


def tables():
    return [
        model
        for model in apps.get_models()
        if model._meta.managed and model._meta.app_label not in FRAMEWORK and model not in PUBLIC_TABLES
    ]


def columns(model):
    return [field for field in model._meta.concrete_fields if not field.generated and not field.primary_key]


def can_carry(field):
    if isinstance(field, models.FileField) or field.choices or field.is_relation or field.name in DECIDE:
        return False
    if isinstance(field, models.JSONField):
        return True
    return isinstance(field, models.CharField | models.TextField) and (field.max_length or LENGTH) >= LENGTH


def hidden_rows():
    """By model the keys of the rows of which the public must see nothing at all."""
    hidden = {model: _not_shown(model) for model in tables()}
    size = -1
    while size != sum(map(len, hidden.values())):
        size = sum(map(len, hidden.values()))
        for model, keys in hidden.items():
            for field in columns(model):
                if field.is_relation and not field.null and hidden.get(field.related_model):
                    keys |= _keys(model._base_manager.filter(**{f"{field.name}__in": hidden[field.related_model]}))
        for model, keys in hidden.items():
            about = Event.objects.filter(subject_type=model._meta.label_lower, subject_id__in=keys)
            hidden[Event] |= _keys(about)
    return hidden


def _keys(rows):
    return set(rows.values_list("pk", flat=True))


def _not_shown(model):
    everything, hidden = _keys(model._base_manager.all()), set()
    for name in SHOWN_BY:
        if hasattr(model._default_manager, name):
            hidden |= everything - _keys(getattr(model._default_manager, name)())
    if any(field.name == "public" for field in columns(model)):
        hidden |= _keys(model._base_manager.filter(public=False))
    if model is Edition:
        hidden |= _keys(Edition.objects.exclude(kind=EditionKind.PUBLIC))
    if model is Document:
        hidden |= everything - _shown_documents()
    return hidden


def _shown_documents():
    shown = Edition.objects.released().filter(kind=EditionKind.PUBLIC).values_list("document", "snapshot__arms")
    attached = Attachment.objects.published().values_list("document", flat=True)
    return {pk for pks in shown for pk in pks} | set(Town.objects.values_list("arms", flat=True)) | set(attached)


class Marking:
    """`written` holds by marker the row and column that carries it."""

    def __init__(self, named):
        self.named = named
        self.hidden = hidden_rows()
        self.written = {}
        self.numbers = count(1)

    def mark(self):
        with unguarded():
            for model in tables():
                for key in sorted(_keys(model._base_manager.all()), key=str):
                    wholly = key in self.hidden[model]
                    fields = [one for one in columns(model) if can_carry(one) and (wholly or one not in self.named)]
                    write(model, key, {field: self.marker(model, key, field) for field in fields})

    def marker(self, model, key, field):
        marker = f"ZQ{next(self.numbers):06d}QZ"
        self.written[marker] = f"{model._meta.label}.{field.name} of row {key}"
        return json.dumps({"marker": marker}) if isinstance(field, models.JSONField) else marker

    def distort(self):
        """Other numbers, dates and choices in the hidden rows, so that counts and scales would tell.

        Amounts that no public module takes are other ones in every row.
        """
        with unguarded():
            for model in tables():
                for field in columns(model):
                    if isinstance(field, models.DecimalField) and field not in self.named:
                        for row in model._base_manager.all():
                            write(model, row.pk, {field: other(field, getattr(row, field.attname))})
            for model, keys in self.hidden.items():
                for row in model._base_manager.filter(pk__in=keys):
                    values = {field: other(field, getattr(row, field.attname)) for field in columns(model)}
                    write(model, row.pk, {field: value for field, value in values.items() if value is not None})


def other(field, value):
    if value is None or field.name in DECIDE or field.is_relation:
        return None
    if field.choices:
        return next((choice for choice, _ in field.flatchoices if choice and choice != value), None)
    if isinstance(field, models.DateField):
        return value + timedelta(days=999)
    return value + 7 if isinstance(field, models.IntegerField | models.DecimalField) else None


def write(model, key, values):
    """All columns at once, or, where a constraint refuses that, each that may be written alone."""
    if not values:
        return
    try:
        with transaction.atomic():
            _update(model, key, values)
    except IntegrityError:
        for field, value in values.items() if len(values) > 1 else ():
            write(model, key, {field: value})


def _update(model, key, values):
    name = connection.ops.quote_name
    assignments = ", ".join(f"{name(field.column)} = %s" for field in values)
    table, primary = name(model._meta.db_table), name(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {assignments} WHERE {primary} = %s", [*values.values(), key])


class unguarded:  # noqa: N801 – reads as a statement
    """PostgreSQL's triggers keep journal and promises from changing; here they sleep."""

    def __enter__(self):
        self.set("replica")

    def __exit__(self, *_):
        self.set("DEFAULT")

    def set(self, role):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET session_replication_role = {role}")
