"""What must never be false about people, tried against the database itself."""

import pytest

from diedie_edu.people.models import (
    Guardianship,
    Household,
    Organisation,
    Resident,
    Skill,
    Topic,
    Volunteer,
)
from tests.support.refusals import guard_that_stops

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"full_name": ""}, "resident_is_there_or_an_empty_row"),
        ({"gender": "x"}, "resident_gender_is_known"),
        ({"residency": "tourist"}, "resident_residency_is_known"),
    ],
)
def test_a_resident_has_a_name_and_known_words(make_resident, fields, constraint):
    assert guard_that_stops(lambda: make_resident(**fields)) == constraint


def test_an_account_stands_for_one_person(make_resident, resident_user):
    make = lambda: make_resident(account=resident_user)  # noqa: E731

    assert guard_that_stops(make) == "people_resident_account_id_key"


def test_a_household_has_a_label_of_its_own():
    Household.objects.create(label="1-1")

    assert guard_that_stops(lambda: Household.objects.create(label="1-1")) == "household_label_once"
    assert guard_that_stops(lambda: Household.objects.create(label="")) == "household_has_a_label"


def test_a_guardian_is_somebody_else_and_named_once(make_resident):
    mother, child = make_resident(), make_resident()
    Guardianship.objects.create(guardian=mother, child=child, relation="mother")

    again = lambda: Guardianship.objects.create(guardian=mother, child=child)  # noqa: E731
    alone = lambda: Guardianship.objects.create(guardian=child, child=child)  # noqa: E731
    assert guard_that_stops(again) == "guardianship_once"
    assert guard_that_stops(alone) == "nobody_guards_themselves"


@pytest.mark.parametrize(
    ("kinds", "constraint"),
    [
        ([], "volunteer_has_a_kind"),
        (["expert", "wizard"], "volunteer_kinds_are_known"),
    ],
)
def test_a_volunteer_is_of_known_kinds(make_resident, kinds, constraint):
    make = lambda: Volunteer.objects.create(resident=make_resident(), kinds=kinds)  # noqa: E731

    assert guard_that_stops(make) == constraint


def test_a_volunteer_is_free_at_known_times(make_resident):
    make = lambda: Volunteer.objects.create(  # noqa: E731
        resident=make_resident(), kinds=["expert"], free_times=["never"]
    )

    assert guard_that_stops(make) == "volunteer_free_times_are_known"


def test_somebody_volunteers_once_and_has_a_skill_once(make_resident, topic):
    volunteer = Volunteer.objects.create(resident=make_resident(), kinds=["expert"])
    Skill.objects.create(volunteer=volunteer, topic=topic)

    again = lambda: Volunteer.objects.create(  # noqa: E731
        resident=volunteer.resident, kinds=["expert"]
    )
    assert guard_that_stops(again) == "people_volunteer_resident_id_key"
    assert (
        guard_that_stops(lambda: Skill.objects.create(volunteer=volunteer, topic=topic))
        == "skill_once"
    )


def test_a_topic_stands_once_in_its_area_and_an_organisation_once(topic):
    Organisation.objects.create(title="书法协会", kind="association")

    twice = lambda: Topic.objects.create(area=topic.area, title_zh=topic.title_zh)  # noqa: E731
    same = lambda: Organisation.objects.create(title="书法协会", kind="school")  # noqa: E731
    assert guard_that_stops(twice) == "topic_once"
    assert guard_that_stops(same) == "people_organisation_title_key"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"name_key": ""}, "resident_name_has_a_key"),
        ({"name_key": "陈建城"}, "resident_name_has_a_key"),
        ({"phone_key": "13812345678"}, "resident_phone_key_is_of_a_phone"),
        ({"full_name": "王芳"}, "keys_change_with_name_and_phone"),
        ({"phone": "13812345679"}, "keys_change_with_name_and_phone"),
        ({"phone": ""}, "keys_change_with_name_and_phone"),
    ],
)
def test_keys_have_a_version_and_change_with_what_they_are_of(make_resident, fields, constraint):
    person = make_resident(phone="13812345678")
    people = Resident.objects.filter(pk=person.pk)

    assert guard_that_stops(lambda: people.update(**fields)) == constraint


def test_the_keys_of_name_and_phone_follow_on_every_way_in():
    one = Resident.objects.create(full_name="陳 建城", phone="0757-81234567")
    [two] = Resident.objects.bulk_create([Resident(full_name="陈建城", phone="13812345678")])

    assert one.name_key == two.name_key == "2:陈建城"
    assert (one.phone_key, two.phone_key) == ("1:075781234567", "1:13812345678")
    one.full_name, one.phone = "王芳", ""
    one.save()
    assert Resident.objects.get(pk=one.pk).name_key == "2:王芳"
    assert Resident.objects.get(pk=one.pk).phone_key == ""


@pytest.mark.parametrize("typed", ["建城", "陳 建", "ＣＨＥＮ", "A·li"])
def test_a_search_in_names_asks_for_no_way_of_writing(typed):
    Resident.objects.create(full_name="陈建城")
    Resident.objects.create(full_name="Chen Ali")
    assert Resident.objects.filter(name_key__holds=typed).count() == 1
    assert not Resident.objects.filter(name_key__holds="%").exists()


def test_a_sort_key_follows_its_name_on_every_way_in():
    one = Resident.objects.create(full_name="单雄信")
    [two] = Resident.objects.bulk_create([Resident(full_name="单雄信", surname_reading="dan1")])

    assert one.sort_key.startswith("shan4")
    assert two.sort_key.startswith("dan1")
    one.full_name = "陈建城"
    one.save()
    assert list(Resident.objects.all()) == [one, two]
