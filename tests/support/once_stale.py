"""What has changed since somebody looked at it, and is left as it is by what they then do; for
`attacks/test_once_beside.py`."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import F
from django.test import override_settings

from after_school.actions import absences, custody, guardians, passes
from after_school.models import Absence, Collector, CollectorPass, GuardianRight, Whereabouts
from diedie_edu.accounts.actions import codes
from diedie_edu.activities.actions import changed_days, forgetting, offers, working
from diedie_edu.activities.models import Activity, Attendance, Party, SignUp
from diedie_edu.jobs.actions import asking
from diedie_edu.jobs.models import Job
from diedie_edu.notices import actions as notices
from diedie_edu.notices.actions.seen import deal_with
from diedie_edu.notices.channels.outcome import Outcome
from diedie_edu.notices.models import Reason, Status
from diedie_edu.notices.outbox import steps, upkeep
from diedie_edu.people.actions import phones
from diedie_edu.people.models import Guardianship, Household, PhoneChange, Resident
from edu_base.actions import reviewers
from edu_base.models import Intake, Review, Reviewer, State
from residents_school.actions import answers
from residents_school.models import Burst, Survey
from tests.conftest import NOW
from tests.support.children import seen
from tests.support.education import make_application
from tests.support.once import DAY, HOUR, guardian_of, staff
from tests.support.once_beside import (
    attempt,
    code,
    holding,
    lecture,
    notice,
    other_lecture,
    sending,
    somebody,
    waiting,
)
from tests.support.reviewing import declare, make_reviewer

SETTLED = {"lease": None, "lease_until": None, "settled_at": NOW}
CLAIMED = {"status": "claimed", "tries": 0}
# Its name, the row, what has become of it meanwhile (or who did that), and what is done.
Line = tuple[str, Callable[[], Any], dict[str, Any], Callable[[Any, datetime], Any]]


def unknown(**facts: Any) -> Any:
    return notice(status="unknown", settled_at=NOW, tries=1, **facts)


def outcome(status: Status) -> Outcome:
    return Outcome(status, Reason.ACCEPTED)


def settle(row: Any, now: datetime, status: Status = Status.SENT) -> None:
    steps.settle(attempt(row), outcome(status), now)


def job() -> Job:
    about = {"kind": "export", "params": {}, "title": "x", "asked_by": staff()}
    return Job.objects.create(state="waiting", **about)


def together() -> SignUp:
    """Nothing is free."""
    row = waiting()
    Activity.objects.filter(pk=row.activity_id).update(capacity=F("taken"))
    SignUp.objects.filter(pk=row.pk).update(
        party=Party.objects.create(activity=row.activity, made_at=NOW)
    )
    row.refresh_from_db()
    return row


def waits_elsewhere(row: SignUp) -> list[int]:
    """Somebody of another activity's queue, too."""
    other = SignUp.objects.create(
        activity=other_lecture(), resident=somebody(), status="waiting", signed_up_at=NOW
    )
    return [row.pk, other.pk]


def visit() -> Attendance:
    return Attendance.objects.create(
        occasion=lecture().occasion, resident=somebody(), arrived_at=NOW, recorded_by=staff()
    )


def missing(**facts: Any) -> Whereabouts:
    """A child that does not come today, as a guardian said."""
    absence = Absence.objects.filter(taken_back_at=None).earliest("pk")
    presence = absence.enrolment.presences.get()
    type(presence).objects.update(arrived_at=None, arrived_by=None, zone=None)
    type(presence.session).objects.filter(pk=presence.session_id).update(day=NOW.date())
    said = {"said": "not_coming", "who": "缪某", "way": "call", "noted_by": staff()}
    return Whereabouts.objects.create(presence=presence, said_at=NOW, **said | facts)


def comes_after_all(row: Whereabouts, now: datetime) -> None:
    child = row.presence.child
    absence = Absence.objects.get(enrolment__child=child)
    absences.take_back_absence(absence=absence, by=guardian_of(child), now=now)


def home() -> Household:
    return Household.objects.create(label="9-9-901", phone="13955550021")


def put(row: Household, _now: datetime) -> None:
    """Somebody of the house whose phone is not the house's takes it along."""
    person = Resident.objects.create(full_name="缪某", household=row, phone="13955550029")
    change = PhoneChange(resident=person, takes_along=True)
    phones._put(change, "13955550021", "13955550022")


def second_of(child: Resident) -> Resident:
    guardian = Resident.objects.create(full_name="缪某", phone="13955550031")
    Guardianship.objects.create(guardian=guardian, child=child, relation="father")
    return guardian


def listed() -> Collector:
    """A second guardian, beside whom the first is told."""
    child = GuardianRight.objects.earliest("pk").child
    right = GuardianRight.objects.create(child=child, guardian=second_of(child), place=2, **seen())
    named = {"valid_from": NOW.date(), "named_at": NOW, "named_by": staff(), "relation": "母亲"}
    return Collector.objects.create(
        child=right.child, guardian=right.guardian, full_name="缪某", phone="13955550031", **named
    )


def end_right(row: Collector, now: datetime) -> None:
    right = GuardianRight.objects.get(child=row.child, guardian=row.guardian)
    custody.end_right(right=right, reason="法院裁定", by=staff(), now=now)


def reviewer() -> Reviewer:
    return make_reviewer(Intake.objects.earliest("pk"), staff())


def review() -> Review:
    case = make_application(staff(), Intake.objects.earliest("pk"), State.ELIGIBLE)
    own = make_reviewer(case.intake, staff())
    declare(own, case)
    return Review.objects.create(reviewer=own, application=case, part="papers", at=NOW)


def left_in() -> Burst:
    """Of a survey whose results are not out."""
    row = Burst.objects.earliest("pk")
    Survey.objects.filter(pk=row.survey_id).update(results_at=None)
    return row


def leave_out(row: Burst, now: datetime) -> None:
    with override_settings(ANSWERS_PER_HOUR=-1):
        answers.leave_out(burst=row, by=staff(), now=now)


LINES: list[Line] = [
    ("codes._count_try", code, {"closed_at": NOW}, lambda row, _now: codes._count_try(row)),
    ("changed_days._shift_sign_up", lambda: Activity.objects.get(pk=lecture().pk),
        {"sign_up_opens_at": NOW, "sign_up_closes_at": NOW + HOUR},
        lambda row, _now: changed_days._shift_sign_up(
            Activity.objects.filter(pk=row.pk), timedelta(hours=-2))),
    ("forgetting.forget_person", visit, {},
        lambda row, now: forgetting.forget_person(row.resident, now)),
    ("working.wait_together", waiting, {}, lambda row, now: working.wait_together(
        activity=lecture(), waiting=waits_elsewhere(row), by=staff(), now=now)),
    ("working.wait_apart", together, {"status": "seated", "seated_at": NOW},
        lambda row, now: working.wait_apart(
            activity=row.activity, party=row.party_id, by=staff(), now=now)),
    ("working.wait_apart: another party", together, {}, lambda row, now: working.wait_apart(
        activity=row.activity, party=row.party_id + 1, by=staff(), now=now)),
    ("offers.bring_hold_forward", holding, {"held_until": NOW}, lambda row, now:
        offers.bring_hold_forward(row.activity, now)),
    ("asking.look_again", job, {"state": "queued"},
        lambda row, _now: asking.look_again(job=row, params={"x": 1})),
    ("notices.cancel", lambda: sending(expires_at=NOW), {}, lambda row, now: notices.cancel(
        subject=row.subject, now=now)),
    ("seen.deal_with", unknown, {"status": "delivered"},
        lambda row, now: deal_with(notices=[row.pk], by=staff(), now=now)),
    ("steps.settle: tried anew", sending, {"tries": 2}, settle),
    ("steps.settle: another's", sending, {"lease": uuid4()},
        lambda row, now: settle(row, now, Status.UNKNOWN)),
    ("steps.release", lambda: sending(**CLAIMED), {"lease": uuid4()},
        lambda row, now: steps.release(steps.Batch(row.lease, [row.pk]), now)),
    ("steps.stop: started", lambda: sending(**CLAIMED), {"status": "sending"},
        lambda row, now: steps.stop(row, row.lease, Status.EXPIRED, now)),
    ("steps.stop: another's", lambda: sending(**CLAIMED), {"lease": uuid4()},
        lambda row, now: steps.stop(row, row.lease, Status.EXPIRED, now)),
    ("upkeep._clear_up: settled", unknown, {"status": "delivered"},
        lambda row, now: upkeep._clear_up(row, now)),
    ("upkeep._clear_up: tried anew", unknown, {"tries": 2},
        lambda row, now: upkeep._clear_up(row, now)),
    ("upkeep._clear_up: asked about", unknown, {"next_try_at": NOW + DAY},
        lambda row, now: upkeep._clear_up(row, now)),
    ("phones._put", home, {"phone": "13955550028"}, put),
    ("absences.take_back_absence: said otherwise", missing, {"said": "with_me"},
        comes_after_all),
    ("passes.take_back_pass", lambda: CollectorPass.objects.earliest("pk"), {"used_at": NOW},
        lambda row, now: passes.take_back_pass(
            day_pass=row, by=guardian_of(row.child), now=now)),
    ("guardians.change_right", lambda: GuardianRight.objects.earliest("pk"), {},
        lambda row, _now: guardians.change_right(
            right=row, sees_notes=False, decides=False, by=guardian_of(row.child))),
    ("custody.end_right", listed, {
        "barred_at": NOW, "barred_by": staff, "barred_reason": "早先的裁定"}, end_right),
    ("reviewers.end", reviewer, {"ended_at": NOW},
        lambda row, now: reviewers.end(reviewer=row, now=now)),
    ("reviewers.take_back", review, {
        "taken_back_at": NOW, "taken_back_by": staff, "taken_back_reason": "错了"},
        lambda row, now: reviewers.take_back(review=row, reason="又", by=staff(), now=now)),
    ("answers.leave_out", left_in, {"left_out_at": NOW},
        leave_out),
]  # fmt: skip
