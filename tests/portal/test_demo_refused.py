import pytest

from accounts.models import User
from ground.models import Town
from portal.demo.filling import DatabaseNotEmpty, fill
from tests.builders import TODAY, make_town

pytestmark = pytest.mark.django_db


def test_one_account_is_enough_to_be_left_alone():
    User.objects.create_superuser("erste@stadt.example", None, name="Erste")

    with pytest.raises(DatabaseNotEmpty):
        fill(today=TODAY)

    assert (User.objects.count(), Town.objects.exists()) == (1, False)


def test_a_town_is_enough_to_be_left_alone():
    make_town()

    with pytest.raises(DatabaseNotEmpty):
        fill(today=TODAY)

    assert not User.objects.exists()
