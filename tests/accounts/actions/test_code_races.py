"""Codes that are entered, or asked for, at once."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import transaction

from diedie_edu.accounts.actions import codes
from diedie_edu.accounts.actions.visitors import Visitor
from diedie_edu.accounts.models import OneTimeCode
from tests.support.races import together
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WRONG = "not it"
HOME = Visitor("192.0.2.1", device=5)


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
