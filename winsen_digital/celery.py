"""The worker's application. Which tasks run when is code: CELERY_BEAT_SCHEDULE in the settings."""

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "winsen_digital.settings")

app = Celery("winsen_digital")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**kwargs: Any) -> None:
    from django.conf import settings

    dictConfig(settings.LOGGING)
