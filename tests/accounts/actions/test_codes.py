from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from diedie_edu.accounts.actions import codes
from diedie_edu.accounts.actions.codes import forget_old_codes
from diedie_edu.accounts.actions.visitors import Visitor
from diedie_edu.accounts.models import OneTimeCode
from tests.accounts.conftest import PHONE
from tests.support.refusals import code_of, refusal_of

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WRONG = "not it"
HOME = Visitor("192.0.2.1", device=5)


def test_the_code_that_was_sent_is_taken_once(send, outbox, redeem):
    send()
    redeem(outbox.code)
    assert code_of(lambda: redeem(outbox.code)) == "code_gone"


def test_six_digits_go_out_and_only_their_hash_stays(send, outbox):
    send()
    row = OneTimeCode.objects.get()
    assert len(outbox.code) == 6
    assert outbox.code.isdigit()
    assert outbox.code not in str(vars(row))
    assert "192.0.2.1" not in str(vars(row))


def test_equal_codes_have_unequal_hashes(send, monkeypatch):
    monkeypatch.setattr(codes.secrets, "randbelow", lambda _limit: 42)
    send()
    send(phone="13800138001")
    assert OneTimeCode.objects.values("code_hash").distinct().count() == 2


def test_the_message_carries_the_purpose_and_the_language(send, outbox, now):
    send(purpose="reset", language="en")
    assert outbox == [
        {
            "phone": PHONE,
            "code": outbox.code,
            "purpose": "reset",
            "language": "en",
            "browser": outbox[-1]["browser"],
            "now": now,
        }
    ]


def test_a_code_lapses_after_ten_minutes(send, outbox, redeem, now):
    send()
    assert code_of(lambda: redeem(outbox.code, now=now + 10 * MINUTE)) == "code_gone"


def test_a_code_holds_until_then(send, outbox, redeem, now):
    send()
    redeem(outbox.code, now=now + 10 * MINUTE - timedelta(seconds=1))


def test_the_right_code_comes_too_late_after_five_wrong_ones(send, outbox, redeem):
    send()
    guesses = [code_of(lambda: redeem(WRONG)) for _ in range(5)]
    assert guesses == ["code_wrong"] * 5
    assert code_of(lambda: redeem(outbox.code)) == "code_gone"


def test_the_fifth_try_may_be_the_right_one(send, outbox, redeem):
    send()
    for _ in range(4):
        code_of(lambda: redeem(WRONG))
    redeem(outbox.code)


def test_a_new_code_ends_the_older_one(send, redeem, now, monkeypatch):
    made = iter([1, 2])
    monkeypatch.setattr(codes.secrets, "randbelow", lambda _limit: next(made))
    send()
    send(now=now + 2 * MINUTE)
    later = now + 3 * MINUTE
    assert code_of(lambda: redeem("000001", now=later)) == "code_wrong"
    redeem("000002", now=later)


def test_a_code_serves_no_other_purpose(send, outbox, redeem):
    send(purpose="register")
    assert code_of(lambda: redeem(outbox.code, purpose="reset")) == "code_gone"


def test_a_code_serves_no_other_phone(send, outbox, redeem):
    send()
    assert code_of(lambda: redeem(outbox.code, phone="13800138001")) == "code_gone"


def test_two_taps_on_send_are_one_wish(send, outbox, redeem, now):
    assert send() is True
    assert send(now=now + timedelta(seconds=59)) is False
    assert len(outbox) == 1
    redeem(outbox.code)


def test_a_used_code_does_not_delay_the_next(send, outbox, redeem):
    send()
    redeem(outbox.code)
    assert send() is True


def browsers_ask(send: Callable[..., bool], number: int, **more: Any) -> None:
    for each in range(number):
        send(browser=f"browser {each}", **more)


def test_strangers_have_six_codes_a_day_for_a_phone_at_night_too(send, outbox, now):
    """As if each came from another network."""
    for each in range(6):
        place = Visitor(f"192.0.2.{each}")
        send(browser=f"browser {each}", visitor=place, now=now + each * 2 * HOUR)
    late = now + 23 * HOUR
    assert refusal_of(lambda: send(browser="x", now=late)) == ("too_many_codes", "phone")
    assert send(browser="x", now=now + 24 * HOUR) is True
    assert len(outbox) == 7


def test_four_more_are_left_to_a_browser_of_its_owner(send, now):
    browsers_ask(send, 6)
    own = [send(visitor=HOME, now=now + 2 * each * MINUTE) for each in range(4)]
    assert own == [True] * 4
    late = now + HOUR
    assert code_of(lambda: send(visitor=HOME, now=late)) == "too_many_codes"


def test_the_refusal_names_the_time_of_the_next_code(send, now):
    browsers_ask(send, 6)
    with pytest.raises(codes.Refused, match="10:00"):
        send(browser="x", now=now + 50 * MINUTE)


def test_a_network_asks_for_sixty_codes_an_hour(send, now):
    for number in range(60):
        send(phone=f"138001380{number:02}")
    ask = {"phone": "13900000000"}
    assert code_of(lambda: send(**ask)) == "too_many_codes"
    assert send(**ask, visitor=Visitor("192.0.2.2")) is True
    assert send(phone="13900000001", visitor=HOME) is True
    assert send(phone="13900000002", now=now + HOUR) is True


def test_an_account_asks_for_twenty_codes_a_day_for_others(send, settings):
    settings.CODES_PER_ACCOUNT = 2
    whose = {"visitor": Visitor("192.0.2.1", account=7)}
    for number in range(2):
        send(phone=f"1380013800{number}", **whose)
    assert code_of(lambda: send(phone="13900000000", **whose)) == "too_many_codes"
    assert send(phone="13900000000") is True


@pytest.mark.parametrize(
    ("limit", "later"), [("CODES_PER_HOUR", HOUR), ("CODES_PER_DAY", 24 * HOUR)]
)
def test_the_house_has_a_ceiling_for_strangers_alone(send, settings, now, limit, later):
    setattr(settings, limit, 3)
    places = [Visitor(f"192.0.2.{number}") for number in range(4)]
    for number in range(3):
        send(phone=f"1380013800{number}", visitor=places[number])
    ask = {"phone": "13900000000", "visitor": places[3]}
    assert code_of(lambda: send(**ask)) == "house_is_full"
    assert send(phone="13900000000", visitor=HOME) is True
    assert send(phone="13900000001", visitor=Visitor("192.0.2.9", account=7)) is True
    assert send(phone="13900000002", visitor=places[3], now=now + later) is True


def test_a_code_holds_in_the_browser_that_asked(send, outbox, redeem):
    send()
    assert code_of(lambda: redeem(outbox.code, browser="another")) == "code_gone"
    redeem(outbox.code)


def test_nobody_burns_or_guesses_at_a_code_in_another_hand(send, outbox, redeem):
    send()
    mine = outbox.code
    send(browser="another")
    for _ in range(6):
        code_of(lambda: redeem(WRONG, browser="another"))
    redeem(mine)


def test_guesses_of_a_network_have_an_end(send, redeem, settings):
    settings.GUESSES_PER_NETWORK = 3
    send()
    guesses = [code_of(lambda: redeem(WRONG)) for _ in range(4)]
    assert guesses == ["code_wrong"] * 3 + ["too_many_guesses"]
    send(phone="13900000000", visitor=HOME)
    own = {"phone": "13900000000", "visitor": HOME}
    assert code_of(lambda: redeem(WRONG, **own)) == "code_wrong"


def test_guesses_of_all_strangers_have_an_end(send, redeem, settings):
    settings.GUESSES_PER_HOUR = 2
    send()
    for number in range(2):
        code_of(lambda number=number: redeem(WRONG, visitor=Visitor(f"192.0.2.{number}")))
    assert code_of(lambda: redeem(WRONG)) == "house_is_full"


def test_a_landline_is_sent_nothing(send, outbox):
    assert refusal_of(lambda: send(phone="0757-81234567")) == ("not_mobile", "phone")
    assert not outbox


def test_no_code_stands_where_the_message_could_not_be_queued(send):
    def broken(**_: object) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        send(notify=broken)
    assert not OneTimeCode.objects.exists()


def test_codes_that_no_limit_counts_are_forgotten(send, now):
    send()
    assert forget_old_codes(now + 2 * HOUR) == 0
    assert OneTimeCode.objects.get().code_hash == ""
    assert forget_old_codes(now + 24 * HOUR) == 1


def test_the_database_refuses_two_open_codes_for_a_phone_in_a_browser(send):
    send()
    row = OneTimeCode.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError, match="phone_has_one_open_code_a_browser"):
        row.save()


def test_the_database_refuses_a_sixth_try(send):
    send()
    with pytest.raises(IntegrityError, match="code_has_five_tries"):
        OneTimeCode.objects.update(tries=6)
