"""Short hands for tests about applying: pages by name, a whole form, who signs in."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.programmes.plan_data import load_programme
from edu_base.models import Application, Intake
from edu_base.models.schemes import PROGRAMME
from edu_base.plan_data import FOLDER, MORE
from tests.support.education import ADULT


def with_text() -> None:
    """The programme with its consent text; the classes are those of the tests."""
    load_programme(PROGRAMME, FOLDER, MORE)


def number_of(born: date, sequence: str = "001", area: str = "440681") -> str:
    """A number that GB 11643 accepts."""
    body = f"{area}{born:%Y%m%d}{sequence}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, body, strict=True))
    return body + "10X98765432"[total % 11]


def url(name: str, *keys: object) -> str:
    return reverse(f"edu_base:{name}", args=keys)


def details(intake: Intake, born: date = ADULT, **told: object) -> dict[str, Any]:
    """A whole form of somebody born then."""
    usual = {
        "intake": intake.pk,
        "paper_kind": "citizen",
        "number": number_of(born),
        "schooling": "senior",
        "belongs_by": "registered",
        "address": "叠二社区3号",
    }
    return usual | told


def fill_in(client: Client, row: Application, **told: object) -> None:
    """Open the form, fill it in, send it, as a browser does."""
    page = client.get(url("own_change", row.pk))
    form = page.context["form"]
    sent = {"opened": form["opened"].value()} | details(row.intake) | told
    answer = client.post(url("own_change", row.pk), sent)
    assert answer.status_code == 302, answer.context["form"].errors


def born(user: User, day: date) -> User:
    user.resident.birth_date = day
    user.resident.save(update_fields=["birth_date"])
    return user
