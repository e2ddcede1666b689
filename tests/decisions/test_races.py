"""Approvals and edits at once, with threads: what is approved is what was on the screen."""

from itertools import count
from random import Random
from threading import Lock

import pytest
from django.db import connection

from diedie_edu.accounts.permissions import Role
from diedie_edu.common.errors import Refused
from diedie_edu.decisions import rules
from diedie_edu.decisions.actions import deciding
from diedie_edu.decisions.kinds import shown_now, version_of
from diedie_edu.decisions.models import Request, State
from diedie_edu.decisions.rules import Decision
from diedie_edu.venues.models import Venue
from tests.conftest import NOW
from tests.support.races import meanwhile, together

pytestmark = pytest.mark.django_db(transaction=True)
APPROVALS, HALLS = 200, 20


class Play:
    """People who approve what they see, while others go on changing it; 20 halls each time."""

    def __init__(self, halls, ask, lead):
        self.lead, self.ask = lead, ask
        self.halls = [row.pk for row in halls]
        self.seen: dict[int, str] = {}
        self.refused, self.lock = [], Lock()

    def approve(self, request: Request) -> None:
        """Read the page, and tap a moment later."""
        seen = shown_now(request)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(%s)", [0.01 * (request.pk % 3)])
        decision = Decision(State.APPROVED, seen)
        try:
            deciding.decide(request=request, decision=decision, by=self.lead, now=NOW)
        except Refused as refusal:
            with self.lock:
                self.refused.append(refusal.code)
        else:
            with self.lock:
                self.seen[request.pk] = seen

    def edit(self, seed: int) -> None:
        """What an applicant does with an open page: another colour, another number."""
        random = Random(seed)
        for number in range(30):
            hall = random.choice(self.halls)
            title = f"colour {seed}-{number}"
            Venue.objects.filter(pk=hall).update(title_zh=title, places=random.randrange(1, 99))

    def run(self, rounds: int) -> None:
        """In each round twenty approvals against four who edit."""
        for batch in range(rounds):
            rows = [self.ask(Venue.objects.get(pk=hall)) for hall in self.halls]
            approvals = [lambda row=row: self.approve(row) for row in rows]
            edits = [lambda seed=seed: self.edit(seed) for seed in range(4 * batch, 4 * batch + 4)]
            together(*approvals, *edits)

    def wrong(self) -> list[int]:
        """Those where something else was approved, or carried out, than what was seen."""
        return [
            pk
            for pk, seen in self.seen.items()
            for step in Request.objects.get(pk=pk).steps.filter(what=State.APPROVED)
            if (step.shown, step.version) != (seen, version_of(seen))
        ]


@pytest.fixture
def play(make_venue, ask, lead) -> Play:
    halls = [make_venue(title_zh=f"green {number}", places=3) for number in range(HALLS)]
    return Play(halls, ask, lead)


def test_what_is_approved_is_byte_for_byte_what_was_shown(play):
    play.run(APPROVALS // HALLS)
    assert len(play.seen) + len(play.refused) == APPROVALS
    assert play.wrong() == []
    assert set(play.refused) == {"changed"}
    assert len(play.seen) >= 20, "hardly anything was approved: nothing is shown"
    assert len(play.refused) >= 20, "hardly anything was in the way: nothing is shown"


def test_without_the_comparison_something_else_is_approved(play, monkeypatch):
    """The control."""
    monkeypatch.setattr(rules, "check_decision", lambda *_: None)
    play.run(2)
    assert play.wrong() != []


@pytest.mark.parametrize("is_locked", [True, False])
def test_no_edit_slips_in_between_the_comparison_and_the_act(
    request_, hall, lead, monkeypatch, is_locked
):
    """And the control without the lock of the subject's rows: what is carried out was not seen."""
    if not is_locked:
        kind = deciding.kind_of(request_)
        unlocked = {**vars(kind), "lock": lambda _number: None}
        monkeypatch.setattr(deciding, "kind_of", lambda _request: type(kind)(**unlocked))
    compare, edits = rules.check_decision, []

    def compare_then_edit(decision, shown, may_refuse):
        compare(decision, shown, may_refuse)
        edit = lambda: Venue.objects.filter(pk=hall.pk).update(title_zh="blue")  # noqa: E731
        edits.append(meanwhile(edit))

    monkeypatch.setattr(rules, "check_decision", compare_then_edit)
    approve = Decision(State.APPROVED, shown_now(request_))
    deciding.decide(request=request_, decision=approve, by=lead, now=NOW)
    edits[0].result()
    hall.refresh_from_db()
    assert hall.title_en == ("green 3" if is_locked else "blue 3")


def test_of_two_who_decide_at_once_one_does(request_, lead, make_user, hall):
    other, numbers, codes = make_user(Role.STAFF), count(), []
    decisions = [Decision(State.APPROVED, shown_now(request_))] * 2
    people = [lead, other]

    def tap() -> None:
        number = next(numbers)
        given = {"decision": decisions[number], "by": people[number]}
        try:
            deciding.decide(request=request_, **given, now=NOW)
        except Refused as refusal:
            codes.append(refusal.code)

    together(tap, tap)
    assert codes == ["not_waiting"]
    assert request_.steps.filter(what=State.APPROVED).count() == 1
