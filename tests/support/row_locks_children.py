"""Children of the 4:30 school and of Happy Square: consents, doors, zones, whoever is barred."""

from typing import Any

from after_school.models import (
    Collector,
    CollectorPass,
    Enrolment,
    GuardianInvitation,
    GuardianMessage,
    GuardianRight,
    Presence,
    Session,
    WalkHomePermission,
    Whereabouts,
)
from diedie_edu.activities.models import Attendance, SignUp
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.volunteering.actions.duties import lock_volunteers
from diedie_edu.volunteering.models import Duty
from happy_square.models import Group, Leadership, Trial
from tests.conftest import NOW
from tests.support.children import NINE, consented
from tests.support.row_locks import TUESDAY, Line, again, child, enrol, one
from tests.support.row_locks_people import account, person


def let_in() -> dict[str, Any]:
    zone = Enrolment.objects.get(child=child(1)).zone
    return {"arrived_at": NOW, "arrived_by": account("伍家长"), "zone": zone}


# --- Of a child whose consent has ended nothing new is stored ----------------------------

LOCKED = "nothing_new_is_stored_of_a_locked_child"
CONSENT = "a_child_is_let_in_under_a_live_consent"


def lock(number: int) -> Any:
    def end_the_last_consent() -> None:
        consent = child(number).consents.get()
        consents.end_consent(
            consent=consent,
            ending=consents.Consent.Ending.WITHDRAWN_ONLINE,
            by=account("伍家长"),
            now=NOW,
        )

    return end_the_last_consent


def enter(number: int = 2, **fields: Any) -> None:
    enrolment = Enrolment.objects.get(child=child(number))
    about = {"enrolment": enrolment, "term": enrolment.term, "child": enrolment.child}
    Presence.objects.create(session=tuesday(), **about, **fields)


def arrive() -> None:
    """The one who was awaited."""
    Presence.objects.filter(child=child(1)).update(**let_in())


def tuesday() -> Session:
    return Session.objects.get(day=TUESDAY)


CONSENTS: list[Line] = [
    (
        "after_school_collector.nobody_is_named_for_a_locked_child",
        lock(1),
        lambda: again(one(Collector, barred_at=None), child=child(1)),
        LOCKED,
    ),
    (
        "after_school_collectorpass.no_pass_is_made_for_a_locked_child",
        lock(1),
        lambda: again(one(CollectorPass), child=child(1)),
        LOCKED,
    ),
    (
        "after_school_walkhomepermission.a_locked_child_gets_no_permission",
        lock(1),
        lambda: again(one(WalkHomePermission), child=child(1)),
        LOCKED,
    ),
    (
        "after_school_guardianinvitation.nobody_is_invited_to_a_locked_child",
        lock(1),
        lambda: again(one(GuardianInvitation), child=child(1)),
        LOCKED,
    ),
    ("after_school_enrolment.a_locked_child_is_not_enrolled", lock(4), lambda: enrol(4), LOCKED),
    ("after_school_presence.a_locked_child_is_not_let_in", lock(2), enter, LOCKED),
    (f"after_school_presence.{CONSENT}", lock(2), lambda: enter(**let_in()), CONSENT),
    (
        "after_school_presence.a_missing_child_is_let_in_under_a_live_consent",
        lock(1),
        arrive,
        CONSENT,
    ),
]


# --- Children come while the session is open, as many as there are places ----------------

OPEN = "children_come_and_go_only_while_the_session_is_open"


def close() -> None:
    closed = {"state": "closed", "closed_at": NOW, "closed_by": account("伍家长")}
    Session.objects.filter(day=TUESDAY).update(**closed)


DOORS: list[Line] = [
    (
        "after_school_presence.presence_is_checked_when_entered",
        close,
        lambda: enter(**let_in()),
        OPEN,
    ),
    ("after_school_presence.presence_is_checked_when_changed", close, arrive, OPEN),
    (
        "after_school_presence.a_child_takes_a_place_of_a_zone",
        lambda: enter(**let_in()),
        arrive,
        "no_more_children_in_a_zone_than_its_places",
    ),
    (
        "after_school_enrolment.an_account_enrols_few_children_by_itself",
        lambda: enrol(4),
        lambda: enrol(5),
        "an_account_enrols_few_children_by_itself",
    ),
]


# --- What guardians say -------------------------------------------------------------------

SPEAKS = "who_speaks_for_a_child_answers_for_it"


def leave() -> None:
    GuardianRight.objects.get(child=child(1), place=2).delete()


def write() -> None:
    written = {"guardian": father(), "what": "late_15", "sent_at": NOW}
    GuardianMessage.objects.create(presence=awaited(), **written)


def say(**fields: Any) -> None:
    said = {"said": "on_the_way", "who": "伍家长", "way": "page", "said_at": NOW} | fields
    Whereabouts.objects.create(presence=awaited(), **said)


def father() -> Resident:
    return person("伍爸爸")


def awaited() -> Presence:
    return Presence.objects.get(child=child(1))


SAID: list[Line] = [
    ("after_school_guardianmessage.who_answers_for_a_child_writes_of_it", leave, write, SPEAKS),
    (
        "after_school_guardianmessage.a_guardian_writes_six_messages_a_day",
        lambda: [write() for _time in range(6)],
        write,
        "a_guardian_writes_six_messages_a_day",
    ),
    (
        "after_school_whereabouts.who_answers_for_a_child_says_where_it_is",
        leave,
        lambda: say(guardian=father()),
        SPEAKS,
    ),
    (
        "after_school_whereabouts.nobody_searches_for_a_child_that_came",
        arrive,
        say,
        "nobody_searches_for_a_child_that_came",
    ),
]


# --- Nobody is on duty beside a child from whom they are barred ---------------------------


def bar() -> None:
    barred = {"barred_at": NOW, "barred_by": account("伍家长"), "barred_reason": "法院裁定"}
    named = {"valid_from": NOW.date(), "named_by": account("伍家长"), "named_at": NOW}
    about = {"full_name": "甄在岗", "phone": "13900003333", "relation": "邻居"}
    Collector.objects.create(child=child(2), **about, **named, **barred)
    lock_volunteers([Volunteer.objects.get(resident=person("甄在岗")).pk])


BARRED: list[Line] = [
    (
        "volunteering_duty.nobody_barred_is_on_duty_beside_the_child",
        bar,
        lambda: Duty.objects.filter(volunteer__resident=person("甄在岗")).update(signed_in_at=NOW),
        "nobody_barred_is_on_duty_beside_the_child",
    ),
]


# --- Nobody under 14 stands in a group of grown-ups, or leads one -------------------------

LOOKED_AFTER = "child_of_a_group_is_looked_after"


def turn_out_to_be_nine() -> None:
    Resident.objects.filter(pk=person("单留下").pk).update(birth_date=NINE)
    consented(person("单留下"))


def group() -> Group:
    return Group.objects.earliest("pk")


def meeting() -> Any:
    return group().occasions.latest("pk")


GROUPS: list[Line] = [
    (
        "activities_signup.child_joins_where_children_may",
        turn_out_to_be_nine,
        lambda: SignUp.objects.create(
            activity=group(), resident=person("单留下"), status="waiting", signed_up_at=NOW
        ),
        LOOKED_AFTER,
    ),
    (
        "happy_square_trial.child_tries_where_children_may",
        turn_out_to_be_nine,
        lambda: Trial.objects.create(occasion=meeting(), resident=person("单留下"), asked_at=NOW),
        LOOKED_AFTER,
    ),
    (
        "activities_attendance.child_attends_where_children_may",
        turn_out_to_be_nine,
        lambda: Attendance.objects.create(
            occasion=meeting(), resident=person("单留下"), arrived_at=NOW
        ),
        LOOKED_AFTER,
    ),
    (
        "happy_square_leadership.nobody_under_14_leads_a_group",
        turn_out_to_be_nine,
        lambda: Leadership.objects.create(
            group=group(), resident=person("单留下"), part="deputy", since=NOW
        ),
        "nobody_under_14_leads_a_group",
    ),
]

LINES = [*CONSENTS, *DOORS, *SAID, *BARRED, *GROUPS]
