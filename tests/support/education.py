"""Short hands for tests about the education base: years, classes, applications on their way."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import count

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident
from edu_base.models import (
    Announcement,
    Application,
    Belonging,
    Dwelling,
    Intake,
    Listing,
    Resolution,
    Scheme,
    SchemeYear,
    Schooling,
    State,
    Step,
)
from tests.conftest import NOW

_numbers = count(1)
YEAR = NOW.year
ADULT = date(YEAR - 20, 3, 1)
# The shortest way along the chain from a draft to a state.
WAY = (State.SUBMITTED, State.ELIGIBLE, State.INTERVIEWED, State.RANKED)
PLACED = (State.PROPOSED, State.ANNOUNCED, State.CONFIRMED, State.ADMITTED, State.REPORTED)


def make_year(scheme: str = Scheme.HOUSEHOLDS, year: int = YEAR, **fields: object) -> SchemeYear:
    usual = {"target": 50, "places": 25}
    return SchemeYear.objects.create(scheme=scheme, year=year, **(usual | fields))


def make_intake(scheme_year: SchemeYear | None = None, **fields: object) -> Intake:
    """A class that takes applications now; 18 to 25 and from here, unless told otherwise."""
    of_year = scheme_year or SchemeYear.objects.first() or make_year()
    day = NOW.date()
    usual = {
        "title_zh": f"大专班{next(_numbers)}",
        "places": of_year.places,
        "opens_on": day - timedelta(days=10),
        "closes_on": day + timedelta(days=20),
    }
    if of_year.scheme == Scheme.HOUSEHOLDS:
        usual |= {
            "min_age": 18,
            "max_age": 25,
            "age_counts_on": date(of_year.year, 9, 1),
            "schoolings": [Schooling.SENIOR, Schooling.VOCATIONAL],
            "belongings": [Belonging.REGISTERED, Belonging.LIVES],
        }
    usual |= {"scheme": of_year.scheme, "year": of_year.year}
    return Intake.objects.create(scheme_year=of_year, **(usual | fields))


def make_person(name: str = "", born: date = ADULT, **fields: object) -> Resident:
    name = name or f"甲学员{next(_numbers)}"
    return Resident.objects.create(full_name=name, birth_date=born, **fields)


def make_dwelling(by: User, number: str = "") -> Dwelling:
    number = number or f"户{next(_numbers)}"
    return Dwelling.objects.create(
        proof=Dwelling.Proof.BOOKLET,
        number=number,
        number_key=sha256(number.encode()).hexdigest(),
        made_by=by,
        made_at=NOW,
    )


def make_application(
    by: User, intake: Intake, state: State = State.DRAFT, now: datetime = NOW, **fields: object
) -> Application:
    """An application that has come along the chain to `state`, with a household of its own where
    that is needed; reserves come from the ranked, students from those who reported."""
    usual: dict[str, object] = {
        "origin": Application.Origin.ONLINE,
        "made_by": by,
        "made_at": now,
        "state_since": now,
        "schooling": Schooling.SENIOR,
        "belongs_by": Belonging.REGISTERED,
    }
    usual |= {"scheme": intake.scheme, "year": intake.year}
    if "person" not in fields:
        usual["person"] = make_person()
    if intake.scheme == Scheme.HOUSEHOLDS and "dwelling" not in fields:
        usual["dwelling"] = make_dwelling(by)
    given = usual | fields
    if given.get("dwelling"):
        given |= {"dwelling_seen_by": by, "dwelling_seen_at": now}
    made = Application.objects.create(intake=intake, **given)
    for to in way_to(state):
        walk(made, to, by, now)
    return made


def way_to(state: State) -> list[State]:
    if state == State.DRAFT:
        return []
    if state in WAY:
        return list(WAY[: WAY.index(state) + 1])
    if state in PLACED:
        return [*WAY, *PLACED[: PLACED.index(state) + 1]]
    before = {
        State.RESERVE: WAY,
        State.OFFERED: (*WAY, State.RESERVE),
        State.WITHDRAWN: WAY[:1],
        State.REFUSED: WAY[:1],
        State.MORE_ASKED: WAY[:1],
        State.NOT_ADMITTED: (*WAY, State.PROPOSED),
    }
    return [*before.get(state, (*WAY, *PLACED)), state]


def _announce(application: Application, by: User, now: datetime) -> None:
    """On a list of its own whose days have passed."""
    day = now.date()
    listed = Announcement.objects.create(
        intake=application.intake,
        first_on=day - timedelta(days=7),
        last_on=day - timedelta(days=1),
        made_by=by,
        made_at=now,
    )
    Listing.objects.create(announcement=listed, application=application)


def _resolve(application: Application, by: User, now: datetime) -> None:
    made = Resolution.objects.create(
        intake=application.intake,
        decided_on=now.date(),
        document_number="叠委〔2026〕1号",
        made_by=by,
        made_at=now,
    )
    Listing.objects.filter(application=application).update(resolution=made)


BESIDE = {State.ANNOUNCED: _announce, State.CONFIRMED: _resolve}


def walk(
    application: Application, to: State, by: User, now: datetime = NOW, lists: bool = True
) -> None:
    """One step, written as `actions.steps` writes it, without asking its rules."""
    number = application.last_step + 1
    if lists and to in BESIDE:
        BESIDE[to](application, by, now)
    fields: dict[str, object] = {"state": to, "state_since": now, "last_step": number}
    fields["offer_ends_at"] = now + timedelta(days=3) if to == State.OFFERED else None
    if to == State.SUBMITTED:
        fields["submitted_at"] = now
    Step.objects.create(
        application=application,
        number=number,
        state=to,
        at=now,
        by=by,
        acting=Step.Acting.STAFF,
        reason="试",
    )
    Application.objects.filter(pk=application.pk).update(**fields)
    application.refresh_from_db()
