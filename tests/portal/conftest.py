import pytest

from accounts.access import Role
from tests.builders import make_user


@pytest.fixture
def administrator(client):
    user = make_user(Role.SYSTEM_ADMINISTRATOR, "system@stadt.example")
    client.force_login(user)
    return user
