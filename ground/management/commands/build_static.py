from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ground.static_build import NodeModulesMissing, build


class Command(BaseCommand):
    help = "Makes fonts and stylesheet from node_modules in var/build; does nothing where they are up to date."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            built = build(settings.BASE_DIR, settings.BUILD_DIR)
        except NodeModulesMissing as missing:
            raise CommandError(
                "Es fehlt das Gestaltungssystem: bitte zuerst „npm ci --ignore-scripts“ ausführen."
            ) from missing
        self.stdout.write("Gestaltung gebaut." if built else "Gestaltung ist aktuell.")
