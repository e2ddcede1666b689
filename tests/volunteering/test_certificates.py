"""What the database refuses of a certificate, whoever writes."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from diedie_edu.people.models import Resident
from diedie_edu.volunteering.models import Certificate
from tests.conftest import NOW
from tests.support.refusals import refused_by, run

pytestmark = pytest.mark.django_db
SIX, SEVEN = date(2026, 11, 29), date(2026, 11, 30)  # days after that of issue
PROOF = {"kind": "service", "number": "DDF-7"}


@pytest.fixture
def write(make_resident: Callable[..., Resident]) -> Callable[..., None]:
    """One that says something, unless told otherwise."""

    def write(**fields: object) -> None:
        says = {
            "resident": make_resident(),
            "kind": "learning",
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
        ({"kind": "service", "public_until": SEVEN}, "certificate_number_tells_its_kind"),
        ({"number": "DDF-7"}, "certificate_number_tells_its_kind"),
        ({"kind": "other", "number": "DDX-7"}, "a_proof_of_service_is_public_first"),
        ({"public_until": SEVEN}, "a_proof_of_service_is_public_first"),
        (PROOF, "a_proof_of_service_is_public_first"),
        (PROOF | {"public_until": SIX}, "a_proof_of_service_is_public_first"),
    ],
)
def test_what_no_certificate_can_be(fields: dict, name: str, write: Callable[..., None]) -> None:
    write()
    with pytest.raises(IntegrityError, match=name):
        write(**fields)


def test_a_proof_is_public_for_seven_days_of_the_community(write: Callable[..., None]) -> None:
    """Issued at night in Greenwich, it is issued on the next day here."""
    night = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # 7:30 on the 23rd
    write(**PROOF, issued_at=night, public_until=SEVEN)
    with refused_by("a_proof_of_service_is_public_first"):
        run("UPDATE volunteering_certificate SET public_until = %s", SIX)
    with refused_by("certificate_number_tells_its_kind"):
        run("UPDATE volunteering_certificate SET kind = 'learning', public_until = NULL")
