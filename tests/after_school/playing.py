"""An afternoon played at random: tablets, a volunteer's phone and a guardian's phone at once.

Each tap is chosen among what a page would offer at that moment. Others may have been faster; then
it is refused. What did something is kept, with the moments between which it happened.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from itertools import count
from random import Random
from time import monotonic
from typing import Any

from after_school.actions import absences, collecting, corrections, enrolling, passes, presence
from after_school.actions.handing_over import hand_over, hand_over_by_code, let_walk_home
from after_school.actions.notes import write_note
from after_school.actions.sessions import close_session, reopen_session
from after_school.actions.term_days import call_off_session, hold_session_again
from after_school.models import Absence, Collector, Enrolment, Presence, Session, Zone
from after_school.queries.sessions import takes_place
from diedie_edu.accounts.models import User
from diedie_edu.common.days import moment
from diedie_edu.common.errors import Refused
from diedie_edu.people.actions.consents import Agreement, end_consent
from diedie_edu.people.models import Consent
from tests.after_school.conftest import TODAY
from tests.support.children import consent_text

FIVE = moment(TODAY, time(17, 0))


@dataclass(frozen=True)
class Offer:
    """What a page lets somebody do: to a child (id), with a collector (id)."""

    kind: str
    do: Callable[..., Any]
    child: int | None = None
    person: int | None = None


@dataclass(frozen=True)
class Tap:
    """An offer that was taken and not refused: at what time, between two monotonic moments."""

    offer: Offer
    by: int
    now: datetime
    started: float
    ended: float


@dataclass
class Afternoon:
    """What all who tap share: the session, its children, a clock that goes a second a tap.

    `codes` are those of the last passes, by child, with the collector (id) each is for, if any;
    `shut_in`: how often a child was seen inside a session that is closed.
    """

    session: Session
    enrolments: list[Enrolment]
    zones: list[Zone]
    seconds: count = field(default_factory=count)
    taps: list[Tap] = field(default_factory=list)
    codes: dict[int, tuple[str, int | None]] = field(default_factory=dict)
    shut_in: int = 0

    def now(self) -> datetime:
        return FIVE + timedelta(seconds=next(self.seconds))

    def done(self) -> Counter[str]:
        """How often each kind of action did something."""
        return Counter(tap.offer.kind for tap in self.taps)

    def look_around(self) -> None:
        inside = Presence.objects.filter(Presence.INSIDE)
        self.shut_in += inside.exclude(session__state="open").exists()


class Screen:
    """Somebody before a page; what they tap is a matter of chance."""

    def __init__(self, afternoon: Afternoon, by: User, seed: int):
        self.afternoon, self.by, self.random = afternoon, by, Random(seed)

    def tap(self, times: int) -> None:
        for _tap in range(times):
            enrolment = self.random.choice(self.afternoon.enrolments)
            if offered := self.offers(Enrolment.objects.get(pk=enrolment.pk)):
                self._take(self.random.choice(offered))

    def _take(self, offer: Offer) -> None:
        started, now = monotonic(), self.afternoon.now()
        try:
            offer.do(by=self.by, now=now)
        except Refused:
            return
        finally:
            self.afternoon.look_around()
        self.afternoon.taps.append(Tap(offer, self.by.pk, now, started, monotonic()))

    def offers(self, enrolment: Enrolment) -> list[Offer]:
        raise NotImplementedError


class Phone(Screen):
    """A volunteer's: lets children in, puts them into another zone, writes notes."""

    def offers(self, enrolment: Enrolment) -> list[Offer]:
        rows = Presence.objects.select_related("child", "session__term")
        row = rows.filter(session=self.afternoon.session, child=enrolment.child_id).first()
        if row is None or row.arrived_at is None:
            return [self.come(enrolment)] if self.random.random() < 0.9 else []
        return self.gone(row) if row.left_at else self.inside(row)

    def come(self, enrolment: Enrolment) -> Offer:
        of = {"session": self.afternoon.session, "enrolment": enrolment}
        zone = self.random.choice(self.afternoon.zones)
        return Offer("let in", partial(presence.let_in, **of, zone=zone), enrolment.child_id)

    def inside(self, row: Presence) -> list[Offer]:
        [zone] = [zone for zone in self.afternoon.zones if zone.pk != row.zone_id]
        note = {"kind": "homework", "text": f"第 {self.random.randrange(10**6)} 题做完了"}
        return [
            Offer("zone", partial(presence.change_zone, presence=row, zone=zone), row.child_id),
            Offer("note", partial(write_note, presence=row, **note), row.child_id),
        ]

    def gone(self, row: Presence) -> list[Offer]:
        return []


class Tablet(Phone):
    """The staff's: hands over too, corrects, closes and opens again."""

    def offers(self, enrolment: Enrolment) -> list[Offer]:
        session = self.afternoon.session
        if Session.objects.get(pk=session.pk).state == Session.State.CLOSED:
            return [Offer("reopen", partial(reopen_session, session=session, reason="补登"))]
        if self.random.random() < 0.1:
            return [self.day()]
        somebody = Presence.objects.filter(Presence.INSIDE).exists()
        if self.random.random() < (0.03 if somebody else 0.3):
            return [Offer("close", partial(close_session, session=session, reason="停电"))]
        return super().offers(enrolment)

    def day(self) -> Offer:
        """It is called off with whoever is inside, and that is taken back."""
        session = self.afternoon.session
        if takes_place(session):
            off = partial(call_off_session, session=session, reason="暴雨红色预警")
            return Offer("called off", off)
        return Offer("held again", partial(hold_session_again, session=session))

    def inside(self, row: Presence) -> list[Offer]:
        of, child = {"session": row.session, "child": row.child_id}, row.child_id
        whom = self.random.choice(list(Collector.objects.filter(child=child)))
        alone = row.child.walk_home_permissions.get()
        code, bearer = self.afternoon.codes.get(child, ("000000", None))
        undone = {"presence": row, "seen": row.arrived_at, "reason": "点错了"}
        called = {"presence": row, "whom": "妈妈", "outcome": f"{self.random.random()}"}
        named = Offer(
            "hand over", partial(hand_over, **of, collector=whom, how="known"), child, whom.pk
        )
        return [
            *super().inside(row),
            *[named] * 3,
            *[
                Offer(
                    "hand over by code", partial(hand_over_by_code, **of, code=code), child, bearer
                )
            ]
            * 3,
            *[Offer("walk home", partial(let_walk_home, **of, permission=alone), child)] * 2,
            *[Offer("arrival undone", partial(corrections.take_back_arrival, **undone), child)] * 3,
            *[Offer("call noted", partial(presence.note_call, **called), child)] * 2,
        ]

    def gone(self, row: Presence) -> list[Offer]:
        undone = {"presence": row, "seen": row.left_at, "reason": "点错了"}
        back = partial(corrections.take_back_leaving, **undone)
        some = self.random.random() < 0.3  # or nobody would ever go home
        return [Offer("hand-over undone", back, row.child_id)] if some else []


class GuardiansPhone(Screen):
    """The mother's: absences, passes, bars, her consent and her child's place."""

    def offers(self, enrolment: Enrolment) -> list[Offer]:
        child = enrolment.child
        own = Consent.objects.filter(child=child, ended_at=None).first()
        if own is None:
            return [Offer("consent renewed", partial(self._enrol, enrolment), child.pk)]
        withdraw = partial(end_consent, consent=own, ending=Consent.Ending.WITHDRAWN_ONLINE)
        return [
            *[Offer("consent withdrawn", withdraw, child.pk)],
            *[self._bar(child.collectors.get(guardian=None))] * 2,
            *self._absence(enrolment) * 2,
            *[Offer("pass made", partial(self._pass, enrolment), child.pk)] * 2,
        ]

    def _bar(self, whom: Collector) -> Offer:
        what = (
            ("bar lifted", collecting.lift_bar)
            if whom.is_barred
            else ("barred", collecting.bar_collector)
        )
        kind, action = what
        return Offer(
            kind, partial(action, collector=whom, reason="家里的事"), whom.child_id, whom.pk
        )

    def _absence(self, enrolment: Enrolment) -> list[Offer]:
        told = Absence.objects.filter(enrolment=enrolment, taken_back_at=None).first()
        if told is not None:
            back = partial(absences.take_back_absence, absence=told)
            return [Offer("absence taken back", back, enrolment.child_id)]
        day = TODAY + timedelta(days=1)
        days = {"first_day": day, "last_day": day, "reason": "看牙"}
        tell = partial(absences.report_absence, enrolment=enrolment, **days)
        return [Offer("absence", tell, enrolment.child_id)]

    def _pass(self, enrolment: Enrolment, *, by: User, now: datetime) -> None:
        child, term = enrolment.child, self.afternoon.session.term
        bearer = self.random.choice([None, child.collectors.get(guardian=None)])
        who = {"full_name": bearer.full_name if bearer else "王阿姨", "phone": ""}
        _made, code = passes.make_pass(child=child, term=term, day=TODAY, **who, by=by, now=now)
        self.afternoon.codes[child.pk] = code, bearer and bearer.pk

    def _enrol(self, enrolment: Enrolment, *, by: User, now: datetime) -> None:
        child = enrolment.child
        wish = enrolling.Wish(
            term=self.afternoon.session.term,
            guardian=by.resident,
            facts=enrolling.ChildFacts(child.full_name, child.birth_date, "mother"),
            place=enrolling.Place(
                "叠滘小学", "三年级", "", enrolment.zone, [1, 2, 3, 4, 5], "", ""
            ),
            collectors=[],
            agreement=Agreement(consent_text()),
        )
        enrolling.enrol(wish=wish, by=by, now=now)
