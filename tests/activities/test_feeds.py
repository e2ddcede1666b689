"""What the database refuses of calendar subscriptions."""

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import CalendarFeed
from tests.conftest import NOW
from tests.support.refusals import refused_by

pytestmark = pytest.mark.django_db
DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize("kept", ["", "a-token-as-people-hold-it", DIGEST.upper(), DIGEST[:-1]])
def test_nothing_but_a_hash_is_kept(resident_user: User, kept: str) -> None:
    with refused_by("feed_keeps_only_a_hash"):
        CalendarFeed.objects.create(account=resident_user, digest=kept, made_at=NOW)


def test_an_account_has_one(resident_user: User) -> None:
    CalendarFeed.objects.create(account=resident_user, digest=DIGEST, made_at=NOW)
    with refused_by("activities_calendarfeed_account_id_key"):
        CalendarFeed.objects.create(account=resident_user, digest=DIGEST[::-1], made_at=NOW)


def test_a_hash_opens_one_account(resident_user: User, stranger: User) -> None:
    CalendarFeed.objects.create(account=resident_user, digest=DIGEST, made_at=NOW)
    with refused_by("activities_calendarfeed_digest_key"):
        CalendarFeed.objects.create(account=stranger, digest=DIGEST, made_at=NOW)
