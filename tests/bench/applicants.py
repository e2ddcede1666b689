"""Applications with marks still to come or ranked, and papers of theirs, written in bulk."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.files.models import StoredFile
from diedie_edu.people.models import Resident
from edu_base.models import Application, ApplicationDocument, Criterion, Intake, State, Step
from tests.bench.databases import analyse
from tests.bench.season import Person, signed_in_at_portal

AT_ONCE = 250  # rows of a transaction
StateOf = Callable[[int], State]
Row = TypeVar("Row")
CONTENT = b"\x89PNG\r\n\x1a\n" + b"paper" * 4000  # 20 kB, as a scan that was written anew
PAPERS = 100  # of an application


@dataclass(frozen=True)
class Paper:
    """A file, and who may open it."""

    key: str
    owner: Person


def add_staff() -> str:
    """The session of one of the staff."""
    user = User.objects.create(phone="15400000001", display_name="工作人员", password="!")
    RoleGrant.objects.create(user=user, role=Role.STAFF)
    return signed_in_at_portal([user])[0]


def add_applications(number: int) -> Intake:
    """To one class: every other one is ranked, the others wait for marks."""
    today = timezone.localdate()
    intake = Intake.objects.filter(scheme="households").earliest("pk")
    ahead = {"opens_on": today + timedelta(days=1), "closes_on": today + timedelta(days=9)}
    Intake.objects.filter(pk=intake.pk).update(**ahead)
    Criterion.objects.create(intake=intake, part="papers", title_zh="学业基础", weight=60)
    people = Resident.objects.bulk_create(
        Resident(full_name=f"学员{n}", birth_date=date(2006, 3, 1)) for n in range(number)
    )
    _apply(intake, people, lambda place: State.ELIGIBLE if place % 2 else State.RANKED)
    return intake


def add_papers(people: list[Person], media: Path) -> Iterator[Paper]:
    """Each has an application with its papers, whose bytes lie under `media`."""
    intake = Intake.objects.filter(scheme="households").earliest("pk")
    owners = Resident.objects.in_bulk([person.resident for person in people])
    applications = _apply(intake, list(owners.values()), lambda _place: State.SUBMITTED)
    by_resident = {person.resident: person for person in people}
    for application in applications:
        for file in _add_files(application, media):
            yield Paper(file.key, by_resident[application.person_id])


def _add_files(application: Application, media: Path) -> list[StoredFile]:
    files = StoredFile.objects.bulk_create(
        StoredFile(
            kind="application_document",
            form="png",
            title="身份证",
            size=len(CONTENT),
            sha256="0" * 64,
            kept_at=timezone.now(),
        )
        for _n in range(PAPERS)
    )
    ApplicationDocument.objects.bulk_create(
        ApplicationDocument(application=application, sort="identity", file=file) for file in files
    )
    for file in files:
        path = media / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(CONTENT)
    return files


def _apply(intake: Intake, people: list[Resident], state_of: StateOf) -> list[Application]:
    """As a list of earlier years brings them, with the last of their steps alone. The guards look
    each of them up, so the planner has to know early that the tables are no longer empty."""
    made: list[Application] = []
    for some in batched(enumerate(people), AT_ONCE):
        made += _write(intake, some, state_of)
        analyse()
    return made


def batched(rows: Iterable[Row], number: int) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, number)):
        yield some


@transaction.atomic
def _write(
    intake: Intake, people: list[tuple[int, Resident]], state_of: StateOf
) -> list[Application]:
    now, keeper = timezone.now(), User.objects.earliest("pk")
    rows = Application.objects.bulk_create(
        Application(
            intake=intake,
            scheme=intake.scheme,
            year=intake.year,
            person=person,
            origin="list",
            made_by=keeper,
            made_at=now,
            state=state_of(place),
            state_since=now,
            last_step=1,
            submitted_at=now,
            rank=place + 1 if state_of(place) == State.RANKED else None,
            rank_by="marks",
        )
        for place, person in people
    )
    Step.objects.bulk_create(
        Step(application=row, number=1, state=row.state, at=now, acting="nobody") for row in rows
    )
    return rows
