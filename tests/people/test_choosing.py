"""People are chosen among many: a part is offered, the others are found by words."""

from collections.abc import Callable
from html.parser import HTMLParser
from importlib import import_module

import pytest
from django import forms
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.choosing import AT_ONCE, AmongPeople, FindsPeople
from diedie_edu.people.models import Resident, Volunteer
from residents_school.models import Lecture
from tests.support.duties import make_volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEW = reverse("residents_school:lecture_create")
# Whose people are few by what they are, or have to be seen all at once.
ALL_AT_ONCE = {
    "CustodyForm",  # guardians of one child
    "AskedForm",
    "PartingForm",  # one household
    "SuccessorForm",  # members of one group
    "DeputyForm",
    "StaffNamesForm",
    "CountForm",  # the same, to tick who came
    "AwardForm",  # students of one class, to tick
    "ContactForm",  # accounts of staff
    "FollowUpForm",
    "ExpenseForm",
    "ReviewerForm",
    "EnterForm",  # names of one list in public
    "ObjectionForm",
}


class Offered(HTMLParser):
    """The values of a page's boxes for speakers, and which are ticked."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: list[int] = []
        self.ticked: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if tag == "input" and facts.get("name") == "speakers":
            self.values.append(int(facts["value"] or 0))
            if "checked" in facts:
                self.ticked.append(self.values[-1])


@pytest.fixture
def staff(make_user: Callable[..., User], as_user: Callable[[User], Client]) -> Client:
    return as_user(make_user(Role.STAFF))


@pytest.fixture
def many() -> list[Volunteer]:
    return make_many(AT_ONCE + 5)


def make_many(number: int, first: int = 0) -> list[Volunteer]:
    """In the order of their names."""
    names = [f"某{chr(0x4E00 + 7 * place)}" for place in range(first, first + number)]
    rows = Resident.objects.bulk_create(Resident(full_name=name) for name in names)
    Volunteer.objects.bulk_create(Volunteer(resident=row, kinds=["expert"]) for row in rows)
    return list(Volunteer.objects.order_by("resident__sort_key", "pk"))


def opened(client: Client) -> str:
    return client.get(NEW).content.decode()


def looked_up(client: Client, **typed: object) -> str:
    sent = {"speakers-words": "", "speakers-found": "", **typed}
    answer = client.post(NEW, sent)
    assert answer.status_code == 200
    assert not answer.context["form"].errors
    assert not Lecture.objects.exists()
    return answer.content.decode()


def test_few_are_all_offered_without_a_search(staff: Client) -> None:
    rows = make_many(AT_ONCE)
    html = opened(staff)
    assert set(Offered(html).values) == {row.pk for row in rows}
    assert "speakers-words" not in html


def test_of_many_the_first_are_offered(staff: Client, many: list[Volunteer]) -> None:
    html = opened(staff)
    assert Offered(html).values == [row.pk for row in many[:AT_ONCE]]
    assert "speakers-words" in html


def test_a_page_costs_the_same_for_any_number(staff: Client, many: list[Volunteer]) -> None:
    opened(staff)  # what is asked once for a process
    with CaptureQueriesContext(connection) as before:
        offered = Offered(opened(staff)).values
    make_many(100, first=AT_ONCE + 5)
    with CaptureQueriesContext(connection) as after:
        assert len(Offered(opened(staff)).values) == len(offered)
    assert len(after) == len(before)


def test_somebody_else_is_found_and_what_was_typed_stays(
    staff: Client, many: list[Volunteer]
) -> None:
    last = make_volunteer("欧阳某远")
    asked = {"title": "家常菜怎么做", "speakers": [many[3].pk], "find": "speakers"}
    html = looked_up(staff, **asked, **{"speakers-words": "欧阳"})
    assert Offered(html).values == [many[3].pk, last.pk]
    assert Offered(html).ticked == [many[3].pk]
    assert 'value="家常菜怎么做"' in html


def test_enter_behind_the_words_is_enough(staff: Client, many: list[Volunteer]) -> None:
    last = make_volunteer("欧阳某远")
    assert Offered(looked_up(staff, **{"speakers-words": "欧阳"})).values == [last.pk]


def test_nobody_is_found_by_the_words_and_the_page_says_so(
    staff: Client, many: list[Volunteer]
) -> None:
    assert "“司马”" in looked_up(staff, find="speakers", **{"speakers-words": "司马"})


def test_without_words_the_first_are_offered_again(staff: Client, many: list[Volunteer]) -> None:
    html = looked_up(staff, **{"speakers-words": "", "speakers-found": "欧阳"})
    assert Offered(html).values == [row.pk for row in many[:AT_ONCE]]


def test_nobody_is_offered_by_words_who_may_not_be_chosen(
    staff: Client, many: list[Volunteer]
) -> None:
    Resident.objects.create(full_name="欧阳某路")
    left = make_volunteer("欧阳某去")
    Volunteer.objects.filter(pk=left.pk).update(is_active=False)
    asked = {"speakers-words": "欧阳", "speakers": [left.pk]}
    assert Offered(looked_up(staff, **asked)).values == []


def test_words_that_are_still_there_do_not_hold_up_saving(
    staff: Client, many: list[Volunteer]
) -> None:
    last = make_volunteer("欧阳某远")
    sent = {"speakers-words": "欧阳", "speakers-found": "欧阳", "speakers": [last.pk]}
    form = staff.post(NEW, sent).context["form"]
    assert form.cleaned_data["speakers"].get() == last
    assert "title" in form.errors


def test_accounts_are_found_by_their_persons_too(
    make_user: Callable[..., User], as_user: Callable[[User], Client]
) -> None:
    accounts = [make_user(Role.RESIDENT) for _ in range(AT_ONCE + 1)]
    person = Resident.objects.get(account=accounts[-1])
    person.full_name = "欧阳某远"
    person.save()
    field = AmongPeople(User.objects.order_by("pk"))
    form_class = type("Given", (FindsPeople,), {"given_to": field})
    form = form_class({"given_to-words": "欧阳", "find": "given_to"})
    assert not form.is_valid()
    assert form["given_to"].field.offered == [person.account]


def below(form: type) -> set[type]:
    own = set(form.__subclasses__())
    return own.union(*map(below, own))


def test_every_form_that_may_offer_many_finds_them() -> None:
    import_module(settings.ROOT_URLCONF)
    found = {form for form in below(forms.BaseForm) if not form.__module__.startswith("tests.")}
    asks = {form for form in found if any(map(is_among_people, fields_of(form)))}
    assert {form.__name__ for form in asks if not issubclass(form, FindsPeople)} == ALL_AT_ONCE


def fields_of(form: type) -> list[forms.Field]:
    return list(getattr(form, "base_fields", {}).values())


def is_among_people(field: forms.Field) -> bool:
    return isinstance(field, AmongPeople)
