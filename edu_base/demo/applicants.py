"""Applicants of the demo season: each comes in by the actions behind the pages."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.id_numbers import check_character
from diedie_edu.people.models import ConsentText
from edu_base.actions import applicants, applying, dwellings
from edu_base.models import Application, Belonging, Dwelling, Intake, PaperKind, Step

Facts = dict[str, Any]
_numbers = count(1)


@dataclass(frozen=True)
class Stage:
    """What all applicants of the season have in common."""

    facts: Facts
    text: ConsentText
    staff: User


def number_of(born: date) -> str:
    """A number that fits a date of birth, of an area that was never given (GB 2260: 99)."""
    body = f"990{next(_numbers) % 1000:03d}{born:%Y%m%d}{next(_numbers) % 1000:03d}"
    return body + check_character(body)


def apply(
    stage: Stage, intake: Intake, name: str, years: int, at: datetime, **more: Any
) -> Application:
    """From the draft to sent in; under 18 a guardian is named."""
    today, number = local_day(at), next(_numbers)
    born = date(intake.year - years, 3, 1 + number % 28)
    person = applicants.add_from_paper(
        full_name=name, phone=f"1380006{number % 10_000:04d}", birth_date=born, today=today
    )
    named = applicants.NamedGuardian(f"{name[0]}家长", f"1380007{number % 10_000:04d}")
    made = applying.start(
        intake=intake,
        person=person,
        guardian=applicants.guardian_of(person, named, today),
        agreement=applying.Agreement(stage.text, f"1 号柜 {intake.year}-{number:03d}"),
        by=stage.staff,
        now=at,
    )
    tell_details(made, stage, at, **more)
    applying.submit(application=made, acting=Step.Acting.STAFF, by=stage.staff, now=at)
    confirm_household(made, stage.staff, at)
    return Application.objects.get(pk=made.pk)


def tell_details(made: Application, stage: Stage, at: datetime, **more: Any) -> None:
    number = next(_numbers)
    usual = {
        "paper_kind": PaperKind.CITIZEN,
        "schooling": (made.intake.schoolings or ["senior"])[-1],
        "school": stage.facts["school"],
        "belongs_by": (made.intake.belongings or [Belonging.LIVES])[0],
        "address": f"桂畔路 {number} 号",
        "words": stage.facts["words"],
    }
    for name, value in (usual | more).items():
        setattr(made, name, value)
    person = made.person
    born = person.birth_date if person and person.birth_date else date(2000, 1, 1)
    applying.change(application=made, number=number_of(born), now=at)


def confirm_household(made: Application, staff: User, at: datetime) -> None:
    """Of its own household register, at the address that was told."""
    seen = dwellings.Seen(Dwelling.Proof.BOOKLET, f"户 {made.pk:05d}", made.address)
    dwellings.confirm(application=made, seen=seen, by=staff, now=at)
