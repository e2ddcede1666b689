"""Threads that send requests, the same for the same seed, while a watcher looks on."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from random import Random

import time_machine
from django.db import connections
from django.utils import translation

from diedie_edu.activities.actions import offers
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused
from tests.storm.office import ACTS, edit, edits_kept
from tests.storm.town import BEGINS, MAY_BE_OFF, Town, build
from tests.storm.watch import never, seen, watched

NAMES = [act.__name__ for act in ACTS]
LONGEST = 1400  # seconds, in which the doors stay open


@dataclass
class Storm:
    """What is sent, by how many threads; `done` counts it, `faults` are what must never be."""

    seed: int
    requests: int
    threads: int = 8
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    looks: int = 0
    seconds: float = 0

    def play(self) -> "Storm":
        """Until all is sent, or something was seen that must never be."""
        began = time.monotonic()
        with time_machine.travel(BEGINS, tick=True):
            town, numbers = build(), count()
            with watched(never(exempt=MAY_BE_OFF), self.faults) as looks:
                with ThreadPoolExecutor(self.threads) as pool:
                    work = [pool.submit(self._work, town, numbers) for _ in range(self.threads)]
                for thread in work:
                    thread.result()
            self.looks = looks["looks"]
            offers.pass_places_on(local_now())
            self.faults += seen(never()) + edits_kept(self.done[edit.__name__])
        self.seconds = time.monotonic() - began
        return self

    def _work(self, town: Town, numbers: "count[int]") -> None:
        ends = time.monotonic() + LONGEST
        try:
            with translation.override("zh-hans"):
                while (number := next(numbers)) < self.requests and not self.faults:
                    if time.monotonic() > ends:
                        self.faults.append(f"after {LONGEST} s only {number} requests were sent")
                    self._send(town, number)
        finally:
            connections.close_all()

    def _send(self, town: Town, number: int) -> None:
        if number and number % 1000 == 0:
            print(
                f"{number} requests, looked on all the time, {len(self.faults)} faults", flush=True
            )
        random = Random(f"{self.seed}.{number}")
        [act] = random.choices(list(ACTS), list(ACTS.values()))
        try:
            outcome = self.done if act(town, random) else self.refused
            outcome[act.__name__] += 1
        except Refused:
            self.refused[act.__name__] += 1
        except Exception as error:
            self.faults.append(f"{act.__name__} broke: {error!r:.300}")

    @property
    def rarest(self) -> int:
        return min(self.done[name] for name in NAMES)

    @property
    def sent(self) -> int:
        return self.done.total() + self.refused.total()

    def table(self) -> str:
        head = f"seed {self.seed}: {self.sent} requests in {self.seconds:.0f} s"
        names = [act.__name__ for act in ACTS]
        rows = [
            f"{name:>20} {self.done[name]:>5} done {self.refused[name]:>5} not" for name in names
        ]
        return "\n".join([f"{head}, looked {self.looks} times", *rows])
