"""What becomes of whatever names a person: every key and number answers, and rows keep to it."""

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db.models import F

from diedie_edu.accounts.actions.codes import send_code
from diedie_edu.accounts.actions.visitors import Visitor
from diedie_edu.accounts.models import RoleChange, RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.messages import SEATED
from diedie_edu.activities.models import SignUp
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.references import Fate, Lasting, Loose, On, erase, keys_to, tells_of_people
from diedie_edu.notices.actions import notify
from diedie_edu.notices.phones import notify_of_code
from diedie_edu.people.models import Guardianship, Resident, Volunteer
from diedie_edu.portal.calendar.actions import renew_feed
from residents_school.models import Wish
from tests.conftest import NOW
from tests.notices.conftest import FACTS
from tests.support.children import NINE, consented
from tests.support.dumping import places_of
from tests.support.merging import merged
from tests.support.refusals import code_of, guard_that_stops
from tests.support.sent_forms import opened

LASTING = [
    model for model in apps.get_models() if issubclass(model, Lasting) and not model._meta.proxy
]


def loose_to(model: type) -> set[tuple[str, str]]:
    parts = [part for part in parts_of(Loose) if part.names == model._meta.label]
    return {(part.model, part.column) for part in parts}


@pytest.mark.parametrize("model", LASTING)
def test_every_key_to_a_person_says_what_becomes_of_it(model):
    """A new table that says nothing fails here: `On(erased=…, merged=…)` in place of on_delete."""
    silent = {
        (key.model._meta.label, key.name)
        for key in keys_to(model)
        if not isinstance(key.remote_field.on_delete, On)
    }
    assert silent <= loose_to(model)


@pytest.mark.parametrize("model", LASTING)
def test_what_it_says_can_be_done(model):
    ways = [(key, key.remote_field.on_delete) for key in keys_to(model)]
    ways = [(key, on) for key, on in ways if isinstance(on, On)]
    assert len(ways) > 15
    for key, on in ways:
        assert on.erased is not Fate.MOVE, key
        assert on.merged is not Fate.EMPTY, key
        assert on.erased is not Fate.EMPTY or key.null, key


def test_every_loose_number_names_a_column_and_a_person():
    for part in parts_of(Loose):
        apps.get_model(part.model)._meta.get_field(part.column.partition("__")[0])
        assert issubclass(apps.get_model(part.names), Lasting)
        assert part.on.erased in {Fate.KEEP, Fate.DELETE, Fate.REFUSE}


def test_a_rows_words_tell_of_people_where_it_hangs_on_one():
    about = [Resident, User, Guardianship, Volunteer, SignUp]
    assert all(map(tells_of_people, about))
    assert not tells_of_people(apps.get_model("residents_school.Lecture"))


# --- Erased ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_names_an_erased_person_does_as_it_says(make_resident, resident_user, topic):
    person = resident_user.resident
    Wish.objects.create(resident=person, topic=topic, wished_at=NOW)
    Volunteer.objects.create(resident=person, kinds=["expert"])
    erase(person, NOW)
    assert not Wish.objects.exists()
    assert Volunteer.objects.get().resident_id == person.pk
    assert not Resident.objects.filter(pk=person.pk).exists()
    row = Resident.rows.get(pk=person.pk)
    assert (row.full_name, row.phone, row.account, row.erased_at) == ("", "", None, NOW)
    assert User.objects.filter(pk=resident_user.pk).exists()


@pytest.mark.django_db
def test_who_answers_for_a_child_is_not_erased(make_resident):
    child = consented(make_resident(birth_date=NINE))
    guardian = child.guardians.get().guardian
    assert code_of(lambda: erase(guardian, NOW)) == "still_named"
    guardian.refresh_from_db()
    assert guardian.full_name


@pytest.mark.django_db
def test_an_erased_account_leaves_its_number_to_what_it_did(make_user, staff_user):
    gone = make_user(Role.STAFF)
    phone, person = gone.phone, gone.resident
    RoleChange.objects.create(user=gone, role="staff", is_given=True, at=NOW, by=staff_user)
    kept = RoleChange.objects.create(user=staff_user, role="staff", is_given=True, at=NOW, by=gone)
    erase(gone, NOW)
    kept.refresh_from_db()
    assert kept.by_id == gone.pk
    assert str(kept.by) == "已注销的账号"
    assert not RoleGrant.objects.filter(user=gone.pk).exists()
    assert RoleChange.objects.filter(user=gone.pk).count() == 1
    person.refresh_from_db()
    assert person.account is None
    assert make_user(phone=phone).pk != gone.pk, "the phone opens a new account"


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
def test_nothing_of_a_closed_account_is_left_but_its_number(as_user, make_user, staff_user):
    gone = make_user(Role.STAFF, pk=987_654_321, phone="13855501234", display_name="欧阳无痕")
    wish = {"phone": gone.phone, "purpose": "sign_in", "language": "en", "browser": "b"}
    send_code(**wish, visitor=Visitor("10.1.2.3"), now=NOW, notify=notify_of_code)
    notify(kind=SEATED, accounts=[gone.pk], subject="activity:7", data=FACTS, now=NOW)
    renew_feed(by=gone, now=NOW)
    as_user(gone).get("/admin/")
    erase(gone.resident, NOW)
    erase(gone, NOW)
    assert not places_of("13855501234")
    assert not places_of("欧阳无痕")
    assert places_of("987654321") == {"accounts_user.id", "keeping_ending.number"}


# --- Empty rows ------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"full_name": "陈建城", "name_key": "1:陈"}, "resident_is_there_or_an_empty_row"),
        ({"phone": "13812345678", "phone_key": "1:1"}, "resident_is_there_or_an_empty_row"),
        ({"birth_date": "1958-03-21"}, "resident_is_there_or_an_empty_row"),
        ({"email": "a@b.cn"}, "resident_is_there_or_an_empty_row"),
        ({"erased_at": None}, "an_erased_resident_stays_erased"),
        ({"merged_into": F("pk")}, "merged_resident_is_an_empty_row"),
    ],
)
def test_an_erased_person_is_an_empty_row_and_stays_one(make_resident, fields, constraint):
    person = make_resident(phone="13812345678")
    erase(person, NOW)
    rows = Resident.rows.filter(pk=person.pk)
    assert guard_that_stops(lambda: rows.update(**fields)) == constraint


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"phone": "13812345678"}, "account_is_there_or_an_empty_row"),
        ({"display_name": "陈"}, "account_is_there_or_an_empty_row"),
        ({"is_active": True}, "account_is_there_or_an_empty_row"),
        ({"is_superuser": True}, "account_is_there_or_an_empty_row"),
        ({"password": "md5$"}, "account_is_there_or_an_empty_row"),
        ({"erased_at": None}, "an_erased_account_stays_erased"),
    ],
)
def test_an_erased_account_is_an_empty_row_and_stays_one(stranger, fields, constraint):
    erase(stranger, NOW)
    rows = User.rows.filter(pk=stranger.pk)
    assert guard_that_stops(lambda: rows.update(**fields)) == constraint


@pytest.mark.django_db
def test_somebody_who_is_there_is_not_merged_nor_without_name_or_phone(make_resident, stranger):
    one, other = make_resident(), make_resident()
    rows, accounts = Resident.rows.filter(pk=one.pk), User.rows.filter(pk=stranger.pk)
    of_resident = "resident_is_there_or_an_empty_row"
    assert guard_that_stops(lambda: rows.update(full_name="", name_key="")) == of_resident
    assert guard_that_stops(lambda: rows.update(erased_at=NOW)) == of_resident
    into = lambda: rows.update(merged_into=other)  # noqa: E731
    assert guard_that_stops(into) == "merged_resident_is_an_empty_row"
    nameless = lambda: accounts.update(phone="")  # noqa: E731
    assert guard_that_stops(nameless) == "account_is_there_or_an_empty_row"


@pytest.mark.django_db
def test_accounts_are_merged_as_people_are_and_have_their_phone_alone(make_user):
    first, second, third = make_user(), make_user(), make_user()
    Resident.objects.update(account=None)
    merged(first, second)
    rows = User.rows.filter(pk=second.pk)
    gone = dict(User.EMPTIED) | {"erased_at": NOW, "merged_into": third}
    assert guard_that_stops(lambda: rows.update(**gone)) == "merged_account_leads_to_one_kept"
    alone = {"merged_into": third}
    assert guard_that_stops(lambda: rows.update(**alone)) == "merged_account_is_an_empty_row"
    same = {"phone": third.phone}
    assert guard_that_stops(lambda: rows.update(**same)) == "account_phone_once"


@pytest.mark.django_db
def test_merged_rows_lead_straight_to_the_one_that_is_kept(make_resident):
    first, second, third = make_resident(), make_resident(), make_resident()
    merged(first, second)
    merged(second, third)
    first.refresh_from_db()
    assert first.merged_into == third, "what was merged into it moves on with it"
    back = lambda: Resident.rows.filter(pk=first.pk).update(merged_into=second)  # noqa: E731
    assert guard_that_stops(back) == "merged_resident_leads_to_one_kept"
    assert list(Resident.objects.numbered(first.pk)) == [third]
    assert list(Resident.objects.numbered(third.pk)) == [third]


@pytest.mark.django_db
def test_a_row_that_others_lead_to_is_not_merged_alone(make_resident):
    first, second, third = make_resident(), make_resident(), make_resident()
    merged(first, second)
    erase(second, NOW)
    assert not Resident.objects.numbered(first.pk).exists()
    alone = lambda: Resident.rows.filter(pk=second.pk).update(merged_into=third)  # noqa: E731
    assert guard_that_stops(alone) == "merged_resident_leads_to_one_kept"


@pytest.mark.django_db
def test_a_row_that_is_named_is_not_deleted_even_in_sql(resident_user, make_resident, topic):
    Wish.objects.create(resident=resident_user.resident, topic=topic, wished_at=NOW)
    rows = Resident.rows.filter(pk=resident_user.resident.pk)
    assert "resident_id" in guard_that_stops(lambda: rows._raw_delete("default"))


# --- The admin's log -------------------------------------------------------------------


@pytest.fixture
def bond(make_resident) -> Guardianship:
    child = make_resident(full_name="陈小宝", birth_date=NINE)
    return consented(child, make_resident(full_name="李梅")).guardians.get()


@pytest.mark.django_db
def test_the_log_of_the_admin_site_names_people_by_number(as_user, staff_user, bond):
    staff, page = as_user(staff_user), f"/admin/people/guardianship/{bond.pk}/change/"
    given = {"guardian": bond.guardian_id, "child": bond.child_id, "relation": "other"}
    staff.post(page, opened(staff, page) | given)
    told = LogEntry.objects.get()
    assert (told.object_id, told.object_repr) == (str(bond.pk), str(bond.pk))
    assert "陈小宝" not in told.change_message


@pytest.mark.django_db
def test_rows_on_a_persons_page_are_numbers_in_the_log_too(
    as_user, staff_user, bond, make_resident
):
    staff, page = as_user(staff_user), f"/admin/people/resident/{bond.guardian_id}/change/"
    sister = make_resident(full_name="陈小贝", birth_date=NINE.replace(year=2010))
    row = {"guardian": bond.guardian_id, "child": sister.pk, "relation": "mother"}
    form = {f"wards-1-{name}": value for name, value in row.items()}
    form |= {"wards-0-id": bond.pk, "full_name": "李梅", "residency": "permanent"}
    form |= {"guardians-TOTAL_FORMS": 0, "guardians-INITIAL_FORMS": 0}
    form |= {"wards-TOTAL_FORMS": 2, "wards-INITIAL_FORMS": 1}
    assert staff.post(page, opened(staff, page) | form).status_code == 302
    told, added = LogEntry.objects.get(), Guardianship.objects.get(child=sister)
    assert (told.object_repr, "陈小贝" in told.change_message) == (told.object_id, False)
    assert f"“{added.pk}”" in told.get_change_message()
