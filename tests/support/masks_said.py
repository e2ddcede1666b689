"""Where `NEWCOMER` is named beside the pages: in what staff are asked to decide, in a log, in the
texts of rows, behind links."""

import json
from contextlib import redirect_stdout
from datetime import timedelta
from io import StringIO

from django.test import Client
from django.urls import reverse

from after_school.actions import collecting, enrolling, second_enrolments
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions import parties, seats
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.activities.views.own_place import PURPOSE
from diedie_edu.common.crypto import seal
from diedie_edu.common.links import token
from diedie_edu.common.spreadsheets.outgoing import Outgoing
from diedie_edu.notices.channels import sms_console
from diedie_edu.notices.channels.outcome import Letter
from diedie_edu.people.actions import consents
from diedie_edu.people.admin.lists import PHONE
from diedie_edu.people.models import Household, Resident
from diedie_edu.portal.closing.actions import corrections
from diedie_edu.portal.safety.views.second_step import SHEET
from edu_base.actions import liftings
from edu_base.models import Application, Nomination, State
from happy_square.models import Group, MemberEntry
from tests.conftest import NOW, new_lecture, new_user, signed_in, the_programme, the_topic
from tests.portal.sign_in.conftest import prove
from tests.support.access_house import House
from tests.support.children import NINE, consent_text, consented
from tests.support.masks import Person
from tests.support.seats import fill

NEWCOMER = Person(9999)
OTHERWISE = "尉迟试"


def in_a_log(_house: House) -> str:
    said = StringIO()
    with redirect_stdout(said):
        sms_console.send(Letter("1", NEWCOMER.phone, "题", "文"))
    return said.getvalue()


def in_a_list_of_the_admin_site(_house: House) -> str:
    """For whoever may not have phones whole."""
    home = Household(label="19-1", phone=NEWCOMER.phone)
    return str(list(Outgoing([PHONE], [home], whole=False)))


def in_a_row(_house: House) -> str:
    return str(MemberEntry(full_name=NEWCOMER.name, group=Group.objects.earliest("pk")))


def in_a_nomination(_house: House) -> str:
    nomination = Nomination.objects.earliest("pk")
    nomination.full_name = NEWCOMER.name
    return str(nomination)


# --- Asked of staff --------------------------------------------------------------------


def a_correction(house: House) -> str:
    user, _client = house.knockers["r"]
    child = Resident.objects.create(full_name=NEWCOMER.name, birth_date=NINE)
    asked = corrections.ask(
        resident=consented(child, user.resident),
        asked_by=user.resident,
        full_name=OTHERWISE,
        birth_date=NINE,
        by=user,
        now=NOW,
    )
    return str(asked.data)


def a_second_enrolment(house: House) -> str:
    user, _client = house.knockers["r"]
    zone = house.things.term.zones.earliest("pk")
    wish = enrolling.Wish(
        term=house.things.term,
        guardian=user.resident,
        facts=enrolling.ChildFacts(NEWCOMER.name, NINE, "father"),
        place=enrolling.Place("叠滘小学", "三年级", "", zone, [1], "", ""),
        collectors=[collecting.NewCollector("尉迟接", "13911110000", "邻居", NOW.date())],
        agreement=consents.Agreement(consent_text()),
    )
    return str(second_enrolments.ask(child=None, wish=wish, by=user, now=NOW).data)


def a_lifting(house: House) -> str:
    application = Application.objects.filter(state=State.SUBMITTED).earliest("pk")
    person = Resident.objects.get(pk=application.person_id)
    person.full_name = NEWCOMER.name
    person.save()
    about = {"application": application, "conditions": ["age"], "reason": "军属"}
    return str(liftings.ask(**about, by=new_user(Role.STAFF), now=NOW).data)


# --- Behind links and codes ------------------------------------------------------------


def whose_number_it_is(_house: House) -> str:
    """A number that may have been handed out again."""
    owner = new_user(Role.RESIDENT, phone=NEWCOMER.phone)
    User.objects.filter(pk=owner.pk).update(last_login=NOW - timedelta(days=366))
    client = Client()
    return client.get(prove(client, NEWCOMER.phone)).text


def sheet_of_codes(_house: House) -> str:
    client = signed_in(new_user(Role.STAFF, phone=NEWCOMER.phone))
    session = client.session
    session[SHEET] = seal(json.dumps(["1234 5678"]))
    session.save()
    return client.get(reverse("portal:second_step_sheet")).text


def fewer_of_a_party(_house: House) -> str:
    """Of three who wait together two sit down where two seats are held."""
    lecture = new_lecture(capacity=3, programme=the_programme(), topic=the_topic())
    activity = Activity.objects.get(pk=lecture.pk)
    seated = fill(activity, 3)
    names = (NEWCOMER.name, OTHERWISE, "尉迟留")
    people = [Resident.objects.create(full_name=name) for name in names]
    party = parties.sign_up_together(activity=activity, residents=people, by=None, now=NOW)
    for row in seated[:2]:
        seats.cancel_sign_up(activity=activity, resident=row.resident, by=None, now=NOW)
    who = [row.pk for row in people[:2]]
    address = reverse("activities:place", args=[token(PURPOSE, party[0].pk)])
    sent = {"do": "fewer", "choose": "1", "who": who}
    said = Client().post(address, sent, follow=True).context["messages"]
    assert SignUp.objects.filter(resident__in=who, status="seated").count() == len(who)
    return " ".join(map(str, said))


SAID = {
    in_a_log: "phone",
    in_a_list_of_the_admin_site: "phone",
    in_a_row: "name",
    in_a_nomination: "name",
    a_correction: "name",
    a_second_enrolment: "name",
    a_lifting: "name",
    whose_number_it_is: "phone",
    sheet_of_codes: "phone",
    fewer_of_a_party: "half",
}
