"""The first start fills an empty database with the demo only where nobody else can log in with its passwords."""

import pytest
from django.core.management import call_command

from portal.management.commands import prepare


@pytest.mark.django_db
@pytest.mark.parametrize(("for_this_machine", "ran"), [(True, ["migrate", "demo"]), (False, ["migrate"])])
def test_only_a_portal_of_this_machine_gets_known_passwords(settings, monkeypatch, for_this_machine, ran):
    settings.FOR_THIS_MACHINE = for_this_machine
    commands = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: commands.append(name))

    call_command("prepare")

    assert commands == ran
