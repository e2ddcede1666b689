"""The story: people are told in waves while processes die and Redis forgets everything."""

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass

from django.db.models import Count
from django.utils import timezone

from diedie_edu.activities.messages import SEATED
from diedie_edu.notices.actions import notify
from diedie_edu.notices.models import OPEN, Channel, Notice, Provider, Status, Tick
from diedie_edu.people.models import Resident
from tests.chaos.fleet import Broker, Fleet, broker, commands, database_url
from tests.chaos.gateway import Gateway, Mood
from tests.support.approving import approve_all
from tests.support.community import MIDNIGHT, stored_as
from tests.support.providers import BY_BACKEND

FACTS = {
    "activity": 1,
    "title": "春季养生",
    "starts_at": "2026-11-28T01:30:00Z",
    "venue_zh": "图书室",
    "venue_en": "Library",
}
MOODS = {
    Mood.ACCEPT: 62,
    Mood.ACCEPT_SLOWLY: 8,
    Mood.ACCEPT_AND_CUT: 5,
    Mood.ACCEPT_AND_HANG: 3,
    Mood.ACCEPT_AND_BABBLE: 2,
    Mood.FAIL: 7,
    Mood.BUSY: 6,
    Mood.REFUSE: 1,
    Mood.HANG: 3,
    Mood.CUT: 3,
}
# Everything takes seconds in the portal and fractions of them here.
HASTE = {
    "SMS_CONNECT_SECONDS": "0.5",
    "SMS_READ_SECONDS": "0.8",
    "EMAIL_TIMEOUT": "2",
    "WECHAT_SECONDS": "0.8",
    "NOTICE_LEASE_SECONDS": "2.5",
    "NOTICE_ASK_AFTER": "3",
    "NOTICE_RETRIES": "0.2,0.4,0.8,1,1,2,2,3,3,5,5,5",
    "NOTICE_ROUND_SECONDS": "3",
    "NOTICE_DELIVER_SECONDS": "0.3",
    "NOTICE_TICK_SECONDS": "1",
    "LOG_LEVEL": "WARNING",
    "CELERY_QUEUE": "diedie-chaos",
}
HANG = 1.5  # seconds; longer than the portal waits
BOOT_PATIENCE = 120


@dataclass(frozen=True)
class Scenario:
    """What happens. A wave waits until no more than `backlog` messages are open; after `patience`
    seconds without any change we give up. A `provider` that does not find a message says nothing by
    that, so some stay unknown there, and are not waited for.
    """

    seed: int
    notices: int = 3000
    kills: int = 60
    workers: int = 2
    beats: int = 2
    loops: int = 2
    flushes: int = 6
    restarts: int = 3
    silences: int = 2
    guarded: bool = True
    asks: bool = True
    provider: str = "http"
    backlog: int = 150
    patience: float = 60


@dataclass(frozen=True)
class Figures:
    """What came of it. `duplicates`: accepted by the gateway more often than once.
    `silently_lost`: neither accepted nor in a state that staff see. `wrongly_failed`: called
    failed, but accepted. `fallen`: processes that ended though nobody had killed them; they are
    started again as the killed ones are.
    """

    planned: int
    sent: int
    duplicates: int
    silently_lost: int
    unknown: int
    failed: int
    wrongly_failed: int
    kills: int
    fallen: int
    flushes: int
    restarts: int
    silences: int
    calls: int
    seconds: int
    seed: int

    @property
    def holds(self) -> bool:
        """Whether the promise was kept."""
        return not (self.duplicates or self.silently_lost or self.wrongly_failed)

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def run(scenario: Scenario, say: Callable[[str], None] = print) -> Figures:
    """Play it against the database this process is connected to, and count."""
    began, chance = time.monotonic(), random.Random(scenario.seed)
    moods, weights = list(MOODS), list(MOODS.values())
    kind = BY_BACKEND.get(scenario.provider, Gateway)
    gateway = kind(lambda: chance.choices(moods, weights)[0], HANG)
    if scenario.provider in BY_BACKEND:
        approve_all(Provider(scenario.provider))
    stored_as(quiet_from=MIDNIGHT, quiet_until=MIDNIGHT)  # never quiet
    with ExitStack() as stack:
        stack.enter_context(gateway.running())
        redis = stack.enter_context(broker())
        fleet = stack.enter_context(_fleet(scenario, gateway, redis))
        play = _Play(scenario, fleet, redis, random.Random(scenario.seed + 1), say)
        play.start()
        planned = play.waves()
        play.drain()
    return _count(scenario, gateway, redis, fleet, planned, time.monotonic() - began)


def _fleet(scenario: Scenario, gateway: Gateway, redis: Broker) -> Fleet:
    env = os.environ | HASTE | gateway.env
    env |= {
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": redis.url,
        "SMS_URL": gateway.url,
        "SMS_QUERY_URL": gateway.query_url if scenario.asks else "",
        "CHAOS_WITHOUT_GUARD": "" if scenario.guarded else "1",
        "DJANGO_SETTINGS_MODULE": "diedie_edu.settings",
    }
    started = commands(
        workers=scenario.workers,
        beats=scenario.beats,
        loops=scenario.loops,
        guarded=scenario.guarded,
    )
    return Fleet(started, env)


class _Play:
    """Waves of messages, and between them one accident after the other."""

    def __init__(
        self,
        scenario: Scenario,
        fleet: Fleet,
        redis: Broker,
        chance: random.Random,
        say: Callable[[str], None],
    ) -> None:
        self.scenario, self.fleet, self.redis = scenario, fleet, redis
        self.chance, self.say = chance, say

    def start(self) -> None:
        """Wait until the fleet is at work; so long a process will take after its death too."""
        began = time.monotonic()
        while not (self.fleet.complete and Tick.objects.filter(part="deliver").exists()):
            assert time.monotonic() - began < BOOT_PATIENCE, "the fleet does not start"
            self.fleet.keep()
            time.sleep(0.1)
        self.fleet.boot_seconds = time.monotonic() - began
        self.say(f"  the fleet started in {self.fleet.boot_seconds:.1f} s")

    def waves(self) -> int:
        """Tell everybody, twice, a wave for every kill; returns how many messages are planned."""
        people = _people(self.scenario.notices)
        waves = max(1, self.scenario.kills)
        planned = 0
        for number in range(waves):
            wave = people[number::waves]
            planned += sum(_notify(wave) for _twice in range(2))
            self._wait_for_room()
            self._accidents(number + 1)
            self._kill()
        return planned

    def drain(self) -> None:
        """Wait until nothing is open any more."""
        self._until(lambda: not self._unfinished())

    def _wait_for_room(self) -> None:
        self._until(lambda: self._open() <= self.scenario.backlog)

    def _until(self, reached: Callable[[], bool]) -> None:
        """Keep the fleet going; give up where nothing at all moves any more."""
        seen, deadline = "", time.monotonic() + self.scenario.patience
        while not reached() and time.monotonic() < deadline:
            self.fleet.keep()
            time.sleep(0.1)
            if (states := _states()) != seen:
                seen, deadline = states, time.monotonic() + self.scenario.patience

    def _kill(self) -> None:
        """At a moment nobody chose; a fleet that is still starting is waited for."""
        if not self.scenario.kills:
            return
        time.sleep(self.chance.uniform(0, 0.3))
        while not self.fleet.kill_one(self.chance):
            self.fleet.keep()
            time.sleep(0.1)
        self.fleet.keep()

    def _accidents(self, number: int) -> None:
        scenario = self.scenario
        if _is_turn(number, scenario.flushes, scenario.kills):
            self.redis.flush()
        if _is_turn(number, scenario.restarts, scenario.kills):
            self.redis.restart()
        if _is_turn(number, scenario.silences, scenario.kills):
            self.redis.keep_silent(2)
        if number % 10 == 0:
            self.say(f"  {number} waves, {sum(self.fleet.killed.values())} kills, {_states()}")

    def _open(self) -> int:
        return Notice.objects.filter(status__in=OPEN).count()

    def _unfinished(self) -> bool:
        """Open ones, and unknown ones that the gateway will still be asked about."""
        is_told = self.scenario.asks and self.scenario.provider == "http"
        waiting = [*OPEN, Status.UNKNOWN] if is_told else OPEN
        return Notice.objects.filter(status__in=waiting).exists()


def _is_turn(number: int, times: int, of: int) -> bool:
    """Whether one of `times` evenly spread turns among `of` falls on `number`."""
    return bool(times and of) and number * times // of > (number - 1) * times // of


def _people(number: int) -> list[int]:
    rows = [Resident(full_name="居民", phone=f"139{n:08}") for n in range(number)]
    return [resident.pk for resident in Resident.objects.bulk_create(rows)]


def _notify(people: list[int]) -> int:
    return notify(
        kind=SEATED,
        recipients=people,
        subject="chaos",
        data=FACTS,
        now=timezone.now(),
        channels=[Channel.SMS],
    )


def _states() -> str:
    counted = Notice.objects.order_by("status").values_list("status").annotate(Count("pk"))
    return ", ".join(f"{number} {status}" for status, number in counted)


def _count(
    scenario: Scenario,
    gateway: Gateway,
    redis: Broker,
    fleet: Fleet,
    planned: int,
    seconds: float,
) -> Figures:
    rows = list(Notice.objects.values_list("reference", "status"))
    states = Counter(status for _key, status in rows)
    done = (Status.SENT, Status.DELIVERED)
    untrue = sum(s in done and str(key) not in gateway.ledger for key, s in rows)
    forgotten = sum(states[status] for status in OPEN) + planned - len(rows)
    wrong = sum(s == Status.FAILED and str(key) in gateway.ledger for key, s in rows)
    return Figures(
        planned=planned,
        sent=sum(states[status] for status in done),
        duplicates=gateway.duplicates,
        silently_lost=untrue + forgotten,
        unknown=states[Status.UNKNOWN],
        failed=states[Status.FAILED],
        wrongly_failed=wrong,
        kills=sum(fleet.killed.values()),
        fallen=sum(fleet.fallen.values()),
        flushes=redis.flushes,
        restarts=redis.restarts,
        silences=redis.silences,
        calls=sum(gateway.moods.values()),
        seconds=round(seconds),
        seed=scenario.seed,
    )
