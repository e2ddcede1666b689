"""What the database itself holds of wishes to be erased, corrected, and to serve."""

import pytest

from diedie_edu.people.models import ErasureRequest, PersonCorrection
from diedie_edu.volunteering.models import VolunteerApplication
from tests.conftest import NOW
from tests.support.refusals import refused_by

pytestmark = pytest.mark.django_db
ASKED = {"scope": "all", "seen": "card", "asked_at": NOW, "due_on": NOW.date()}


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"seen": "by phone"}, "erasure_is_asked_for_in_a_known_way"),
        ({"ended_at": NOW}, "erasure_ends_in_one_way"),
        ({"ending": "withdrawn"}, "erasure_ends_in_one_way"),
        ({"resident": None}, "erasure_is_about_somebody"),
    ],
)
def test_erasure_is_about_somebody_and_ends_in_one_way(make_resident, wrong, constraint):
    about = {"resident": make_resident()} | ASKED | wrong
    with refused_by(constraint):
        ErasureRequest.objects.create(**about)


def test_one_open_wish_of_a_person_and_of_an_account(resident_user):
    person = {"resident": resident_user.resident}
    ErasureRequest.objects.create(**ASKED, **person)
    with refused_by("one_open_erasure_of_a_person"):
        ErasureRequest.objects.create(**ASKED, **person)
    own = ASKED | {"scope": "account", "account": resident_user}
    ErasureRequest.objects.create(**own)
    with refused_by("one_open_erasure_of_an_account"):
        ErasureRequest.objects.create(**own)


def test_unknown_scope_of_an_account_is_refused(resident_user):
    with refused_by("erasure_is_asked_for_in_a_known_way"):
        ErasureRequest.objects.create(**ASKED | {"scope": "half", "account": resident_user})


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"full_name": ""}, "correction_says_a_name"),
        ({"paper": "letter"}, "paper_of_a_correction_is_known"),
    ],
)
def test_correction_says_a_name_and_which_paper(make_resident, wrong, constraint):
    person = make_resident()
    with refused_by(constraint):
        PersonCorrection.objects.create(
            **{"resident": person, "asked_by": person, "full_name": "李四"} | wrong
        )


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"kinds": []}, "wish_to_serve_names_known_kinds"),
        ({"kinds": ["king"]}, "wish_to_serve_names_known_kinds"),
        ({"free_times": ["never"]}, "free_times_of_a_wish_are_known"),
    ],
)
def test_wish_to_serve_names_kinds_and_times_that_are_known(make_resident, wrong, constraint):
    with refused_by(constraint):
        VolunteerApplication.objects.create(
            **{"resident": make_resident(), "kinds": ["expert"]} | wrong
        )
