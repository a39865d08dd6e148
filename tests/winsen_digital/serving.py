"""What the house of this environment serves; `manage.py shell` runs it in a process of its own."""

import hashlib

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from reporting.models import Edition, EditionKind
from reporting.rendering import render
from tests.safety.crawler import content_of, crawl


def render_public_reports():
    """As the worker would; the example data come with what is frozen, their files are made afterwards."""
    for edition in Edition.objects.released().filter(kind=EditionKind.PUBLIC):
        render(edition_id=edition.pk)


def digests():
    """Of all public pages and files, and of what the Digital Officer sees of all measures, by address.

    The login's pages are left out: their forms carry a token that is drawn anew.
    """
    found = crawl(Client()).items()
    pages = {where: (status, body) for where, (status, _, body) in found if not where.startswith("/anmelden/")}
    officer = Client()
    officer.force_login(get_user_model().objects.get(email="digital.officer@winsen.example"))
    whole = reverse("measures_export", args=["csv"])
    answer = officer.get(whole)
    pages[whole] = (answer.status_code, content_of(answer))
    return {where: f"{status} {hashlib.sha256(body).hexdigest()}" for where, (status, body) in pages.items()}
