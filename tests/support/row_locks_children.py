"""Children of the 4:30 school: consents, doors, zones, what guardians say, whoever is barred."""

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
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Consent, Resident, Volunteer
from diedie_edu.volunteering.actions.duties import lock_volunteers
from diedie_edu.volunteering.models import Duty
from tests.conftest import NOW
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
            ending=Consent.Ending.WITHDRAWN_ONLINE,
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


# --- Whoever collects a child may do so; some consent of a child lives -------------------

MAY_COLLECT = "a_child_goes_with_somebody_who_may_collect"
LIVES = "child_has_a_live_consent"


def named() -> Collector:
    return Collector.objects.get(child=child(3))


def walks() -> WalkHomePermission:
    return WalkHomePermission.objects.get(child=child(3))


def go(**how: Any) -> None:
    left = {"left_at": NOW, "left_by": account("单留下")}
    Presence.objects.filter(child=child(3)).update(**left, **how)


def end_consent_of(name: str) -> Any:
    ended = {"ended_at": NOW, "ending": Consent.Ending.WITHDRAWN_ONLINE}
    return lambda: Consent.objects.filter(child=child(5), guardian=person(name)).update(
        ended_by=account("单留下"), **ended
    )


# Locks in functions that triggers share.
FUNCTIONS: list[Line] = [
    (
        "functions.after_school_check_hand_over",
        lambda: Collector.objects.filter(pk=named().pk).update(ended_at=NOW),
        lambda: go(collector=named(), checked_how="known"),
        MAY_COLLECT,
    ),
    (
        "functions.after_school_check_hand_over: alone",
        lambda: WalkHomePermission.objects.filter(pk=walks().pk).update(taken_back_at=NOW),
        lambda: go(walk_home=walks(), checked_how="permission"),
        MAY_COLLECT,
    ),
    (
        "functions.people_check_child",
        end_consent_of("伍家长"),
        end_consent_of("伍爸爸"),
        LIVES,
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


LINES = [*CONSENTS, *DOORS, *FUNCTIONS, *SAID, *BARRED]
