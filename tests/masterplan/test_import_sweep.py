"""An uploaded list is gone after a day, whether or not somebody uploads again."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from masterplan.models import ImportDraft
from tests.builders import make_user
from winsen_digital.celery import app


@pytest.mark.django_db
def test_the_schedule_deletes_lists_that_expired():
    now = timezone.now()
    for name, age in (("alt.csv", timedelta(hours=25)), ("neu.csv", timedelta(hours=1))):
        ImportDraft.objects.create(user=make_user(), name=name, content=b"", mapping=[], created_at=now - age)

    app.loader.import_default_modules()
    app.tasks[settings.CELERY_BEAT_SCHEDULE["uploaded lists"]["task"]].delay()

    assert list(ImportDraft.objects.values_list("name")) == [("neu.csv",)]
