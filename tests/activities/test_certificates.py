"""What the database refuses of a certificate, whoever writes."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from diedie_edu.activities.models import Certificate
from diedie_edu.people.models import Resident
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(make_resident: Callable[..., Resident]) -> Callable[..., None]:
    """One that says something, unless told otherwise."""

    def write(**fields: object) -> None:
        says = {
            "resident": make_resident(),
            "number": f"DDX-{Certificate.objects.count()}",
            "year": 2026,
            "serial": Certificate.objects.count() + 1,
            "full_name": "王小英",
            "first_day": date(2026, 1, 1),
            "last_day": date(2026, 6, 1),
            "minutes": 90,
            "occasions": 1,
            "issued_at": NOW,
        }
        with transaction.atomic():
            Certificate.objects.create(**(says | fields))

    return write


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"minutes": 0}, "certificate_says_something"),
        ({"occasions": 0}, "certificate_says_something"),
        ({"last_day": date(2025, 1, 1)}, "certificate_says_something"),
        ({"revoked_at": NOW}, "revoking_has_a_reason"),
        ({"revoke_reason": "登记有误"}, "revoking_has_a_reason"),
        ({"serial": 1}, "certificate_serial_once"),
    ],
)
def test_what_no_certificate_can_be(fields: dict, name: str, write: Callable[..., None]) -> None:
    write()
    with pytest.raises(IntegrityError, match=name):
        write(**fields)
