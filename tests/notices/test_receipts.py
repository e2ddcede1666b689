"""What providers report of messages afterwards: delivered or failed, in any order."""

import pytest

from diedie_edu.notices.models import Receipt
from tests.conftest import NOW
from tests.support.refusals import guard_that_stops

pytestmark = pytest.mark.django_db


def test_a_report_says_how_it_ended() -> None:
    def no_end() -> None:
        Receipt.objects.create(gateway_id="1", status="sent", came_at=NOW)

    assert guard_that_stops(no_end) == "receipt_says_the_end"
