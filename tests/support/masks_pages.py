"""The pages on which somebody stands covered, and what comes before those that have no address."""

from collections.abc import Iterator
from urllib.parse import unquote

from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import Household, Resident
from edu_base.models import Nomination
from happy_square.models import Group
from tests.conftest import new_user, signed_in
from tests.portal.sign_in.conftest import prove, publish_notice
from tests.support.access_house import House
from tests.support.access_pieces import make_message
from tests.support.children import NINE, consented
from tests.support.dream import nominate
from tests.support.groups import member
from tests.support.masks_said import NEWCOMER, OTHERWISE
from tests.support.shown import words_of

# Address · who reads it · how it is asked for (`find` looks for what everybody's name has) · what
# of people stands there covered.
PAGES = """
portal:end_second_step             b  get   phone
portal:appointed                   b  get   phone
portal:appointing                  b  get   phone
portal:account_phone               b  get   phone
portal:person                      s  get   phone
portal:person                      s  get   half
portal:person_phone                s  get   phone
portal:people                      s  find  phone
portal:person_merge                s  find  phone
portal:person_merge                s  find  half
portal:certificate_check           v  get   half
admin:people_resident_changelist   s  get   phone
notices:trouble                    s  get   phone
door:find                          s  find  phone
activities:people                  s  get   phone
activities:find_person             s  find  phone
residents_school:sign_in_sheet     s  get   phone
after_school:collectors            r  get   phone
happy_square:membership            v  get   name
edu_base:announcement              v  get   half
edu_base:object                    v  get   half
edu_base:nominated                 v  get   name
publicity:consents                 s  find  phone
publicity:consents                 s  find  half
publicity:consent_for              s  get   half
publicity:consent_withdraw         s  get   half
publicity:picture                  s  get   half
"""
EVERYBODY = "某"


def pages() -> Iterator[tuple[str, str, str, str]]:
    for line in filter(None, PAGES.splitlines()):
        name, letter, way, what = line.split()
        yield name, letter, way, what


def opened(house: House, name: str, letter: str, way: str) -> str:
    user, client = house.knockers[letter]
    path = house.things.path(name, "", user)
    answer = client.post(path, {"words": EVERYBODY}) if way == "find" else client.get(path)
    assert answer.status_code == 200, answer
    return words_of(answer)


# --- Behind a form ---------------------------------------------------------------------


def code_page(_house: House) -> str:
    client = Client()
    publish_notice()
    client.post("/register/", {"phone": NEWCOMER.phone})
    return client.get("/sign-in/code/enter/").text


def name_page(_house: House) -> str:
    client = Client()
    publish_notice()
    return client.get(prove(client, NEWCOMER.phone, "/sign-in/code/")).text


def own_phone_page(house: House) -> str:
    _user, client = house.knockers["r"]
    client.post(reverse("portal:own_phone"), {"phone": NEWCOMER.phone})
    return client.get(reverse("portal:own_phone_code")).text


def family_code_page(house: House) -> str:
    _user, client = house.knockers["r"]
    told = {"full_name": OTHERWISE, "age": "grown", "house": "19-1", "agrees": "on"}
    client.post(reverse("portal:family_add"), told | {"phone": NEWCOMER.phone})
    return client.get(reverse("portal:family_code")).text


def key_of_an_app(_house: House) -> str:
    """What the QR code says."""
    client = signed_in(new_user(Role.STAFF, phone=NEWCOMER.phone))
    return unquote(client.get(reverse("portal:second_step_set_up")).context["address"])


def entering_again(house: House) -> str:
    """At the desk, somebody whose name is in the register."""
    Resident.objects.create(full_name=NEWCOMER.name, phone=NEWCOMER.phone)
    return entering(house, NEWCOMER.name)


def entering_into_a_house(house: House) -> str:
    home = Household.objects.create(label="19-1")
    Resident.objects.create(full_name=NEWCOMER.name, household=home)
    return entering(house, OTHERWISE)


def entering(house: House, name: str) -> str:
    told = {f"p-{part}": "6" for part in ("TOTAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    told |= {"p-INITIAL_FORMS": "0", "p-0-full_name": name, "p-0-is_grown": "on"}
    told |= {"house": "19-1", "residency": "permanent"}
    _user, client = house.knockers["s"]
    return client.post(reverse("portal:people_new"), told).text


def changing_a_phone(house: House) -> str:
    person = Resident.objects.create(full_name=NEWCOMER.name, phone=NEWCOMER.phone)
    _user, client = house.knockers["s"]
    told = {"phone": "13911112222", "reason": "换号", "has_seen": "on"}
    return client.post(reverse("portal:person_phone", args=[person.pk]), told).text


def ward_of_who_signs(house: House) -> str:
    """Found, to write down what they signed for a child."""
    guardian = Resident.objects.create(full_name="尉迟监护")
    child = Resident.objects.create(full_name=NEWCOMER.name, birth_date=NINE)
    consented(child, guardian)
    _user, client = house.knockers["s"]
    return client.post(reverse("publicity:consents"), {"words": guardian.full_name}).text


def workers_of_an_enterprise(house: House) -> str:
    """Nominated by it; the number of its own contact stands there whole, for staff to ring."""
    nomination = Nomination.objects.earliest("pk")
    enterprise = nomination.allotment.enterprise_id
    nominate(nomination.allotment, phone=NEWCOMER.phone)
    _user, client = house.knockers["s"]
    return client.get(reverse("edu_base:enterprise", args=[enterprise])).text


def message_in_the_admin_site(house: House) -> str:
    person = Resident.objects.create(full_name=OTHERWISE, phone=NEWCOMER.phone)
    message = make_message(person, house.things.lecture, "sms", "failed")
    _user, client = house.knockers["b"]
    return client.get(reverse("admin:notices_notice_change", args=[message.pk])).text


def doubles(house: House) -> str:
    for place in ("19-1", "19-2"):
        home = Household.objects.create(label=place)
        Resident.objects.create(full_name=NEWCOMER.name, phone=NEWCOMER.phone, household=home)
    _user, client = house.knockers["s"]
    return client.get(reverse("portal:person_doubles")).text


def sides_of_one_person(house: House) -> str:
    """The record and the account have the number."""
    gone = new_user(Role.RESIDENT, phone=NEWCOMER.phone).resident
    kept = Resident.objects.create(full_name=gone.full_name)
    _user, client = house.knockers["s"]
    return client.get(reverse("portal:person_merge_with", args=[kept.pk, gone.pk])).text


def group_of_a_member(house: House) -> str:
    user, client = house.knockers["r"]
    group = Group.objects.get(title="榕树舞蹈队")
    for person in (user.resident, Resident.objects.create(full_name=NEWCOMER.name)):
        member(group, person)
    return client.get(reverse("happy_square:group", args=[group.pk])).text


BEHIND = {
    code_page: "phone",
    name_page: "phone",
    own_phone_page: "phone",
    family_code_page: "phone",
    key_of_an_app: "phone",
    entering_again: "phone",
    entering_into_a_house: "name",
    changing_a_phone: "phone",
    ward_of_who_signs: "half",
    workers_of_an_enterprise: "phone",
    message_in_the_admin_site: "phone",
    doubles: "phone",
    sides_of_one_person: "phone",
    group_of_a_member: "name",
}
