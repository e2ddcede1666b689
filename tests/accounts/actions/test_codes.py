from collections.abc import Callable
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from diedie_edu.accounts.actions import codes
from diedie_edu.accounts.actions.codes import forget_old_codes
from diedie_edu.accounts.models import OneTimeCode
from tests.accounts.conftest import PHONE
from tests.support.races import together
from tests.support.refusals import code_of, refusal_of

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WRONG = "not it"


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


def test_a_phone_is_sent_five_codes_an_hour(send, outbox, now):
    for minutes in (0, 10, 20, 30, 40):
        send(now=now + minutes * MINUTE)
    assert refusal_of(lambda: send(now=now + 59 * MINUTE)) == ("too_many_codes", "phone")
    assert send(now=now + HOUR) is True
    assert len(outbox) == 6


def test_the_refusal_names_the_time_of_the_next_code(send, now):
    for minutes in (0, 10, 20, 30, 40):
        send(now=now + minutes * MINUTE)
    with pytest.raises(codes.Refused, match="11:00"):
        send(now=now + 50 * MINUTE)


def test_an_address_asks_for_sixty_codes_an_hour(send, outbox):
    for number in range(60):
        send(phone=f"138001380{number:02}")
    assert code_of(lambda: send(phone="13900000000")) == "too_many_codes"
    assert send(phone="13900000000", by_ip="192.0.2.2") is True


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
    assert forget_old_codes(now + HOUR - MINUTE) == 0
    assert forget_old_codes(now + HOUR) == 1


@pytest.mark.django_db(transaction=True)
def test_a_refused_try_cannot_be_rolled_back(send, redeem):
    send()
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        redeem(WRONG)


def at_once(guard: Callable[..., Any], clients: int) -> Callable[..., Any]:
    """The guard, passed only when all clients stand before it, having read the same rows."""
    barrier = Barrier(clients)

    def gathered(*args: object) -> Any:
        barrier.wait(30)
        return guard(*args)

    return gathered


def guess_together(redeem: Callable[..., None], code: str, clients: int = 12) -> list[str | None]:
    return together(*[lambda: code_of(lambda: redeem(code))] * clients)


@pytest.mark.django_db(transaction=True)
def test_parallel_guesses_have_five_tries_together(send, redeem, monkeypatch):
    send()
    monkeypatch.setattr(codes, "_count_try", at_once(codes._count_try, 12))
    answers = guess_together(redeem, WRONG)
    assert sorted(answers) == ["code_gone"] * 7 + ["code_wrong"] * 5


@pytest.mark.django_db(transaction=True)
def test_without_the_conditional_update_there_are_more(send, redeem, monkeypatch):
    def read_then_write(row: OneTimeCode) -> bool:
        row.tries += 1
        row.save(update_fields=["tries"])
        return True

    send()
    monkeypatch.setattr(codes, "_count_try", at_once(read_then_write, 12))
    assert guess_together(redeem, WRONG) == ["code_wrong"] * 12


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_the_code_at_once_one_gets_in(send, outbox, redeem, monkeypatch):
    send()
    monkeypatch.setattr(codes, "_use_up", at_once(codes._use_up, 2))
    assert guess_together(redeem, outbox.code, 2).count(None) == 1


@pytest.mark.django_db(transaction=True)
def test_without_that_guard_both_get_in(send, outbox, redeem, monkeypatch):
    send()
    monkeypatch.setattr(codes, "_use_up", at_once(lambda *_: True, 2))
    assert guess_together(redeem, outbox.code, 2) == [None, None]


@pytest.mark.django_db(transaction=True)
def test_eight_taps_at_once_send_one_message(send, outbox):
    assert sorted(together(*[send] * 8)) == [False] * 7 + [True]
    assert len(outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_without_turns_each_tap_sends_one(send, outbox, monkeypatch):
    monkeypatch.setattr(codes, "_take_turns", lambda *_: None)
    monkeypatch.setattr(codes, "_make_code", at_once(lambda *_: "000000", 2))
    assert together(send, send) == [True, True]
    assert len(outbox) == 2


def test_the_database_refuses_two_open_codes_for_a_phone(send):
    send()
    row = OneTimeCode.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError, match="phone_has_one_open_code"):
        row.save()


def test_the_database_refuses_a_sixth_try(send):
    send()
    with pytest.raises(IntegrityError, match="code_has_five_tries"):
        OneTimeCode.objects.update(tries=6)
