from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command

from ground.models import Town


class Command(BaseCommand):
    help = (
        "Creates and migrates the database; fills an empty one with the demo if only this machine reaches the portal."
    )
    requires_system_checks = ()  # it runs at each start; the tests run the checks

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        if not settings.FOR_THIS_MACHINE:
            return  # the demo's passwords are known
        if not get_user_model().objects.exists() and not Town.objects.exists():
            self.stderr.write("· Beispieldaten")
            call_command("demo")
