"""A provider's own limits on codes to one phone are met before the call, and the word says when."""

from datetime import timedelta

import pytest

from diedie_edu.accounts.actions import codes
from diedie_edu.accounts.actions.visitors import Visitor
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
HOME = Visitor("192.0.2.1", device=5)


@pytest.fixture(autouse=True)
def limits(settings) -> None:
    settings.SMS_CODE_LIMITS = [(1, 60), (5, 3600)]


def test_one_a_minute_whichever_browser_or_purpose_asks(send, now):
    assert send() is True
    for other in ({"browser": "x"}, {"purpose": "reset", "browser": "y"}, {"visitor": HOME}):
        with pytest.raises(codes.Refused, match="10:01"):
            send(**{"browser": "z", **other}, now=now + MINUTE / 2)
    assert send(browser="x", now=now + MINUTE) is True
    assert send(phone="13800138001") is True


def test_five_an_hour_of_which_two_are_kept_for_the_owner(send, now):
    for number in range(3):
        send(browser=f"b{number}", now=now + 2 * number * MINUTE)
    with pytest.raises(codes.Refused, match="11:00"):
        send(browser="c", now=now + 8 * MINUTE)
    for number in range(2):
        assert send(visitor=HOME, browser=f"h{number}", now=now + (10 + 2 * number) * MINUTE)
    assert code_of(lambda: send(visitor=HOME, browser="h9", now=now + 20 * MINUTE)) == (
        "too_many_codes"
    )
    assert send(visitor=HOME, browser="h9", now=now + 60 * MINUTE) is True


def test_where_text_messages_go_as_words_a_used_code_delays_nobody(send, settings):
    settings.SMS_CODE_LIMITS = []
    assert send(browser="x") is True
    assert send(browser="y") is True
