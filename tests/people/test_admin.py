from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from diedie_edu.accounts.models import RoleGrant
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions import seats
from diedie_edu.people.models import (
    ErasureRequest,
    Guardianship,
    Household,
    Organisation,
    Resident,
    Skill,
    Topic,
    Volunteer,
)
from diedie_edu.volunteering.models import Duty
from tests.conftest import NOW
from tests.support.children import consented
from tests.support.deleting import delete, delete_chosen
from tests.support.duties import on_duty
from tests.support.sent_forms import form_on, opened

pytestmark = pytest.mark.django_db
LISTS = ["household", "resident", "guardianship", "volunteer", "organisation", "topic", "topicarea"]


@pytest.fixture
def desk(as_user, staff_user):
    browser = as_user(staff_user)
    browser.cookies["django_language"] = "en"
    return browser


def url_of(model: str, page: str = "changelist", *args) -> str:
    return reverse(f"admin:people_{model}_{page}", args=args)


def errors_of(answer) -> dict:
    return answer.context["adminform"].form.errors


@pytest.fixture
def add_family(make_resident, topic):
    """One more of everything that the lists show."""

    def add(number: int) -> Volunteer:
        household = Household.objects.create(label=f"1-{number}", phone="0757-81234567")
        mother = make_resident(household=household, phone="13812345678")
        Guardianship.objects.create(guardian=mother, child=make_resident(), relation="mother")
        Organisation.objects.create(title=f"协会{number}", kind="association", phone="13812345678")
        Topic.objects.create(area=topic.area, title_zh=f"专题{number}")
        volunteer = Volunteer.objects.create(resident=mother, kinds=["expert", "community"])
        Skill.objects.create(volunteer=volunteer, topic=topic)
        return volunteer

    return add


@pytest.mark.parametrize("model", LISTS)
def test_a_list_takes_as_many_queries_for_three_as_for_one(
    desk, add_family, model, django_assert_max_num_queries
):
    add_family(1)
    desk.get(url_of(model))  # what a process reads once is read now
    with django_assert_max_num_queries(20) as one:
        desk.get(url_of(model))
    add_family(2)
    add_family(3)
    with django_assert_max_num_queries(20) as three:
        assert desk.get(url_of(model)).status_code == 200

    assert len(one) == len(three)


@pytest.mark.parametrize("model", ["household", "resident", "volunteer", "organisation"])
def test_phones_are_covered_in_lists(desk, add_family, model):
    add_family(1)

    page = desk.get(url_of(model)).content.decode()

    assert not any(phone in page for phone in ("13812345678", "81234567"))


def test_residents_stand_in_the_order_of_pinyin(desk, staff_user, make_resident):
    staff_user.resident.delete()
    for name in ("赵一", "单雄", "陈二"):
        make_resident(full_name=name)

    found = desk.get(url_of("resident")).context["cl"].result_list

    assert [resident.full_name for resident in found] == ["陈二", "单雄", "赵一"]


@pytest.mark.parametrize("words", ["陈建", "138 1234 5678", "13812345678"])
def test_residents_are_found_by_name_and_phone(desk, make_resident, words):
    chen = make_resident(full_name="陈建城", phone="13812345678")

    found = desk.get(url_of("resident"), {"q": words}).context["cl"].result_list

    assert list(found) == [chen]


def test_residents_are_filtered_by_service(desk, add_family):
    volunteer = add_family(1)

    serving = desk.get(url_of("resident"), {"serves": "yes"}).context["cl"].result_list
    others = desk.get(url_of("resident"), {"serves": "no"}).context["cl"].result_list

    assert list(serving) == [volunteer.resident]
    assert volunteer.resident not in others


def test_volunteers_are_filtered_by_kind_and_counted_under_each(desk, add_family):
    add_family(1)
    Volunteer.objects.filter(pk=add_family(2).pk).update(kinds=["student_party"])

    page = desk.get(url_of("volunteer"), {"kind": "student_party"})

    assert page.context["cl"].result_count == 1
    [kinds] = [spec for spec in page.context["cl"].filter_specs if spec.title == "volunteer kinds"]
    counts = [choice["display"][-3:] for choice in kinds.choices(page.context["cl"])]
    assert counts[1:] == ["(1)", "(0)", "(1)", "(0)", "(1)"]


@pytest.mark.parametrize(("word", "said"), [("Yes", "是"), ("No", "否")])
def test_a_yes_of_django_is_no_consent(word, said):
    with override("zh-hans"):
        assert gettext(word) == said


def test_a_list_says_how_many_it_found_where_something_was_asked(desk, add_family):
    add_family(1)
    asked = desk.get(url_of("volunteer"), {"kind": "expert"})
    assert " found" in asked.text
    assert " found" not in desk.get(url_of("volunteer")).text


def resident_post(**fields) -> dict:
    inlines = {
        f"{prefix}-{form}": 0
        for prefix in ("guardians", "wards")
        for form in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {"full_name": "陈建城", "residency": "permanent"} | inlines | fields


def test_names_phones_and_readings_are_kept_in_one_form(desk):
    desk.post(
        url_of("resident", "add"),
        resident_post(full_name="单 雄 信", surname_reading="shàn", phone="+86 138 1234 5678"),
    )

    person = Resident.objects.get(full_name="单雄信")
    assert (person.phone, person.surname_reading) == ("13812345678", "shan4")


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"birth_date": "2020-01-01"}, "birth_date", "the guardian enrols the child"),
        ({"birth_date": "2958-03-21"}, "birth_date", "look at the year again"),
        ({"phone": "12"}, "phone", "not a phone number"),
        ({"full_name": "7"}, "full_name", "2 to 50 characters"),
        ({"surname_reading": "單"}, "surname_reading", "pinyin"),
    ],
)
def test_what_may_not_be_stored_is_refused_beside_its_field(desk, clock, fields, field, words):
    answer = desk.post(url_of("resident", "add"), resident_post(**fields))

    assert words in str(errors_of(answer)[field])


def test_somebody_known_keeps_their_birth_date(desk, clock, make_resident):
    child = consented(make_resident(full_name="陈小明", birth_date=date(2020, 1, 1)))

    page = url_of("resident", "change", child.pk)
    form_on(desk, page, "full_name").typing({"full_name": ["陈晓明"]}).send(desk)

    child.refresh_from_db()
    assert child.full_name == "陈晓明"


def volunteer_post(*kinds: str, **fields) -> dict:
    inlines = {"skills-TOTAL_FORMS": 0, "skills-INITIAL_FORMS": 0}
    return {"kinds": kinds, "is_active": "on"} | inlines | fields


def has_role(user) -> bool:
    return RoleGrant.objects.filter(user=user, role=Role.VOLUNTEER).exists()


def test_the_volunteers_role_follows_the_admin_site(desk, stranger):
    desk.post(
        url_of("volunteer", "add"),
        volunteer_post("expert", "retired_party", resident=stranger.resident.pk),
    )
    volunteer = Volunteer.objects.get()
    assert volunteer.kinds == ["expert", "retired_party"]
    assert has_role(stranger)

    page = url_of("volunteer", "change", volunteer.pk)
    desk.post(page, volunteer_post("expert", is_active="") | opened(desk, page))
    assert not has_role(stranger)


@pytest.mark.parametrize("way", ["one", "many"])
def test_deleting_a_volunteer_takes_the_role(desk, stranger, way):
    desk.post(url_of("volunteer", "add"), volunteer_post("expert", resident=stranger.resident.pk))
    pk = Volunteer.objects.get().pk

    if way == "one":
        delete(desk, url_of("volunteer", "delete", pk))
    else:
        delete_chosen(desk, url_of("volunteer"), pk)

    assert not Volunteer.objects.exists()
    assert not has_role(stranger)


def test_a_volunteer_needs_a_kind_and_an_unknown_one_is_refused(desk, stranger):
    for kinds in ((), ("wizard",)):
        post = volunteer_post(*kinds, resident=stranger.resident.pk)
        assert errors_of(desk.post(url_of("volunteer", "add"), post))["kinds"]


@pytest.mark.parametrize("model", ["resident", "volunteer"])
def test_people_come_in_and_go_out_as_lists(desk, model):
    page = desk.get(url_of(model)).content.decode()

    assert url_of(model, "import") in page
    assert url_of(model, "export") in page


def test_a_lead_sees_volunteers_and_moves_nobody(as_user, make_user):
    lead = as_user(make_user(Role.PROGRAMME_LEAD, scope="residents-school"))

    page = lead.get(url_of("volunteer"))

    assert page.status_code == 200
    assert url_of("volunteer", "import") not in page.content.decode()
    assert url_of("volunteer", "export") not in page.content.decode()
    assert lead.get(url_of("resident")).status_code == 403


def test_pages_of_a_person_and_a_household_open(desk, add_family):
    volunteer = add_family(1)
    resident = volunteer.resident

    for model, row in (
        ("resident", resident),
        ("household", resident.household),
        ("volunteer", volunteer),
    ):
        assert desk.get(url_of(model, "change", row.pk)).status_code == 200


def erase(desk, person: Resident) -> str:
    """The page that follows."""
    answer = delete(desk, url_of("resident", "delete", person.pk), follow=True)
    return answer.content.decode()


@pytest.mark.usefixtures("clock")
def test_a_grown_up_is_erased_and_gives_back_what_they_hold(desk, make_resident, make_lecture):
    person, lecture = make_resident(full_name="陈建城", phone="13812345678"), make_lecture()
    seats.sign_up(activity=lecture, resident=person, by=None, now=NOW)
    assert "13812345678" not in erase(desk, person)
    lecture.refresh_from_db()
    assert (lecture.taken, lecture.sign_ups.count()) == (0, 0)
    assert Resident.rows.get(pk=person.pk).erased_at
    assert desk.get(url_of("resident", "change", person.pk)).status_code == 404


@pytest.mark.usefixtures("clock")
def test_a_guardian_is_not_erased_with_a_child_that_nobody_else_answers_for(desk, make_resident):
    mother = make_resident()
    consented(make_resident(full_name="小宝", birth_date=date(2018, 1, 1)), mother)
    assert "小宝 would be erased too" in erase(desk, mother)
    assert Resident.objects.filter(pk=mother.pk).exists()
    assert not ErasureRequest.objects.exists()


@pytest.mark.usefixtures("clock")
def test_whoever_is_erased_gives_back_the_duties_ahead(desk, make_resident, make_lecture):
    speaker = Volunteer.objects.create(resident=make_resident(), kinds=["expert"])
    on_duty(make_lecture().occasions.get(), speaker)
    erase(desk, speaker.resident)
    assert not Resident.objects.filter(pk=speaker.resident_id).exists()
    assert not Duty.objects.filter(volunteer=speaker, starts_at__gt=NOW).exists()


def test_residents_are_not_deleted_in_heaps(desk, make_resident):
    person = make_resident()
    delete_chosen(desk, url_of("resident"), person.pk)
    assert Resident.objects.filter(pk=person.pk).exists()
