"""Under 14 without a guardian's live consent: not by page, admin site, list, action or SQL."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.door.actions import arrivals
from diedie_edu.people.actions import consents, residents
from diedie_edu.people.models import Resident
from tests.conftest import NOW
from tests.people.conftest import CHEN, RESIDENTS
from tests.support.children import NINE, consent_text
from tests.support.refusals import code_of, guard_that_stops, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def no_child() -> bool:
    return not Resident.objects.filter(birth_date=NINE).exists()


def test_no_page_takes_a_child_without_a_consent(resident_user, as_user):
    """The pages on which people enter themselves ask for no date of birth at all."""
    form = {"full_name": "小宝", "birth_date": f"{NINE}"}
    as_user(resident_user).post(reverse("accounts:profile"), form)
    Client().post(reverse("accounts:register"), form | {"phone": "13811112222"})
    assert no_child()


def test_the_admin_site_takes_no_child(staff_user, as_user):
    form = {"full_name": "小宝", "birth_date": f"{NINE}", "residency": "permanent"}
    inlines = {
        f"{name}-{end}_FORMS": 0 for name in ("guardians", "wards") for end in ("TOTAL", "INITIAL")
    }
    answer = as_user(staff_user).post(reverse("admin:people_resident_add"), form | inlines)
    assert answer.context["adminform"].form.errors["birth_date"]
    assert no_child()


@pytest.mark.django_db(transaction=True)
def test_no_list_brings_a_child(loaded):
    job = loaded(RESIDENTS, CHEN, ["丘小宝", "男", f"{NINE}", *CHEN[3:]])
    assert (job.rows_total, job.rows_new) == (1, 1)
    assert no_child()
    assert Resident.objects.filter(full_name=CHEN[0]).exists()


@pytest.mark.parametrize(
    "action", [residents.add_resident, arrivals.let_in_newcomer, residents.register_resident]
)
def test_no_action_but_the_guardians_takes_a_date_of_birth(action):
    assert "birth_date" not in action.__annotations__


def test_the_guardians_action_needs_a_consent_in_force(make_resident, staff_user):
    old = consent_text("2025-1")
    consent_text("2026-1", in_force_from=NOW)
    enter = lambda: consents.add_child(  # noqa: E731
        full_name="小宝",
        birth_date=NINE,
        guardian=make_resident(),
        relation="mother",
        agreement=consents.Agreement(old),
        by=staff_user,
        now=NOW,
    )
    assert code_of(enter) == "other_text"
    assert no_child()


def test_a_child_consents_for_nobody(make_resident, staff_user):
    child = Resident(full_name="小姐姐", birth_date=date(2014, 1, 1))
    give = lambda: consents.give_consent(  # noqa: E731
        child=make_resident(),
        guardian=child,
        agreement=consents.Agreement(consent_text()),
        by=staff_user,
        now=NOW,
    )
    assert code_of(give) == "not_a_guardian"


def test_no_statement_makes_somebody_a_child(make_resident):
    make_resident()
    update = lambda: run("UPDATE people_resident SET birth_date = %s", NINE)  # noqa: E731
    assert guard_that_stops(update) == "child_has_a_live_consent"
