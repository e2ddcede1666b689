"""Whoever is shown a child's name has looked at the child, on whatever page it is."""

from datetime import timedelta

import pytest
from django.urls import reverse

from diedie_edu.accounts.permissions import Role
from diedie_edu.people.looks import _Answer
from diedie_edu.people.models import ChildAccess, Household, Resident, Volunteer
from tests.support.children import NINE, consented

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NAME = "欧阳小小"


@pytest.fixture
def mother(make_user) -> Resident:
    return make_user(Role.RESIDENT).resident


@pytest.fixture
def child(mother) -> Resident:
    home = Household.objects.create(label="8-1-101")
    Resident.objects.filter(pk=mother.pk).update(household=home)
    one = Resident.objects.create(full_name=NAME, birth_date=NINE, household=home)
    return consented(one, mother)


@pytest.fixture
def root(make_user):
    return make_user(Role.STAFF, is_superuser=True)


def looks(viewer) -> list[tuple[int, str, bool]]:
    rows = ChildAccess.objects.filter(viewer=viewer)
    return list(rows.values_list("child_number", "page", "is_refused"))


def pages(child: Resident) -> dict[str, str]:
    bond = child.guardians.get()
    return {
        "admin:people_resident_changelist": "?q=欧阳",
        "admin:people_guardianship_changelist": "",
        "admin:people_guardianship_change": bond.pk,
        "admin:people_household_change": child.household_id,
        "admin:people_resident_change": child.pk,
        "admin:people_resident_delete": child.pk,
    }


@pytest.mark.parametrize("place", range(6))
def test_pages_of_the_admin_site(as_user, root, child, place):
    name, where = list(pages(child).items())[place]
    args, query = ([], where) if isinstance(where, str) else ([where], "")
    answer = as_user(root).get(reverse(name, args=args) + query)
    assert NAME in answer.text
    assert (child.pk, name, False) in looks(root)


def test_the_finder_covers_children_and_leads_to_a_page_that_does_not(
    as_user, staff_user, child, make_resident
):
    browser, words = as_user(staff_user), {"words": "欧阳"}
    assert NAME in browser.post(reverse("portal:people"), words, follow=True).text
    assert looks(staff_user) == [(child.pk, "portal:person", False)]
    make_resident(full_name="欧阳大大")
    assert NAME not in browser.post(reverse("portal:people"), words).text
    assert len(looks(staff_user)) == 1


def test_a_choice_that_is_searched(as_user, root, child):
    """Its answer is no page, and writes names in another way."""
    Volunteer.objects.create(resident=child, kinds=["community"])
    query = {"app_label": "people", "model_name": "clearance", "field_name": "volunteer"}
    answer = as_user(root).get(reverse("admin:autocomplete"), query | {"term": "欧阳"})
    assert answer.json()["results"][0]["text"].startswith(NAME)
    assert looks(root) == [(child.pk, "admin:autocomplete", False)]


def test_a_search_that_shows_nobody_is_no_look(as_user, staff_user, child):
    as_user(staff_user).post(reverse("portal:people"), {"words": "王"})
    assert looks(staff_user) == []


def test_the_same_look_within_the_hour_is_one(as_user, root, child, clock):
    browser, address = as_user(root), reverse("admin:people_guardianship_changelist")
    for minutes in (0, 30, 31):
        clock.shift(timedelta(minutes=minutes))
        browser.get(address)
    assert len(looks(root)) == 2


def test_the_family_looks_at_its_own(as_user, mother, child):
    page = as_user(mother.account).get(reverse("portal:my_page"))
    assert page.status_code == 200
    assert not ChildAccess.objects.exists()


def test_a_refused_look_is_written_as_refused(as_user, make_user, child):
    """For whoever may open the admin site, and not this page."""
    lead = make_user(Role.PROGRAMME_LEAD, scope="happy-square")
    address = reverse("admin:people_resident_change", args=[child.pk])
    assert as_user(lead).get(address).status_code == 403
    assert looks(lead) == [(child.pk, "admin:people_resident_change", True)]


@pytest.mark.parametrize("page", ["person", "person_phone", "person_merge", "person_erasure"])
def test_so_is_one_at_a_page_of_the_register(as_user, stranger, child, page):
    address = reverse(f"portal:{page}", args=[child.pk])
    assert as_user(stranger).get(address).status_code == 403
    assert looks(stranger) == [(child.pk, f"portal:{page}", True)]


def test_a_refused_look_at_somebody_grown_is_none(as_user, stranger, mother):
    as_user(stranger).get(reverse("portal:person", args=[mother.pk]))
    as_user(stranger).get(reverse("portal:person", args=[10**17]))
    assert looks(stranger) == []


def test_trying_out_numbers_of_children_is_seen(as_user, stranger, child):
    address = reverse("after_school:child", args=[child.pk])
    assert as_user(stranger).get(address).status_code == 404
    assert looks(stranger) == [(child.pk, "after_school:child", True)]


def test_without_it_such_a_page_leaves_no_look(as_user, root, child, settings):
    middleware = [row for row in settings.MIDDLEWARE if "LooksMiddleware" not in row]
    settings.MIDDLEWARE = middleware
    as_user(root).get(reverse("admin:people_guardianship_changelist"))
    assert looks(root) == []


@pytest.mark.parametrize(
    ("name", "page", "is_said"),
    [
        ("欧阳小小", "<b>欧阳小小</b>", True),
        ("阳小", "<b>欧阳小小</b>", True),
        ("阳小", "<b>欧阳</b><b>小小</b>", False),
        ("阳小", "欧阳 小小", False),
        ("Ann 李", "<td>Ann 李</td>", True),
        ("Ann 李", "<td>Ann</td> 李", False),
        ("奥'马", "<td>奥&#x27;马</td>", True),
        ("Ann", "<td>Anna</td>", True),
        ("欧阳小小", '{"text": "\\u6b27\\u9633\\u5c0f\\u5c0f"}', True),
        ("欧阳小小", '{"text": "\\u6b27\\u9633"}', False),
    ],
)
def test_a_name_is_found_as_it_is_written(name: str, page: str, is_said: bool) -> None:
    assert _Answer(page.encode()).says(name) is is_said
