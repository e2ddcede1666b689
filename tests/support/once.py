"""What is done to one row, and once: the row it is done to, and how; for `attacks/test_once.py`."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.db.models import Model

from after_school.actions import (
    absences,
    collecting,
    erasure,
    guardian_messages,
    passes,
    seeing,
)
from after_school.models import (
    Absence,
    CollectorPass,
    GuardianMessage,
    GuardianRight,
    WalkHomePermission,
)
from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import forgetting
from diedie_edu.activities.models import Activity, Attendance
from diedie_edu.decisions.actions import deputies
from diedie_edu.decisions.models import Deputy
from diedie_edu.door.actions import feedback
from diedie_edu.door.models import Feedback
from diedie_edu.jobs.actions import asking
from diedie_edu.jobs.models import Job
from diedie_edu.notices import actions as notices
from diedie_edu.notices.actions import seen
from diedie_edu.notices.models import Notice
from diedie_edu.office.actions import closing
from diedie_edu.office.models import YearClosing
from diedie_edu.people.actions import changes, consents, corrections, events, phones
from diedie_edu.people.models import Consent, PersonEvent, PhoneChange, RecordChange, Resident
from diedie_edu.portal.certificates import actions as certificates
from diedie_edu.publicity.actions import consents as picture_consents
from diedie_edu.publicity.actions import records
from diedie_edu.publicity.models import OutwardRecord, PictureConsent
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.models import Booking
from diedie_edu.volunteering.models import Certificate
from edu_base.actions import campaign, nomination_upkeep, objections
from edu_base.models import Allotment, Milestone, Nomination, Objection
from happy_square.actions import entries, leading, meet_ups, own_words, weekly_times
from happy_square.models import Leadership, MeetUp, Membership, WeeklyTime
from tests.conftest import NOW
from tests.support.dream import nominate

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ABOUT = {"subject": "activity:1", "status": "queued", "channel": "sms"}
Line = tuple[str, type[Model], dict[str, Any], Callable[[Any, datetime], Any]]


def staff() -> User:
    return User.objects.filter(role_grants__role="staff").earliest("pk")


def guardian_of(child: Resident) -> User:
    return child.guardian_rights.first().guardian.account


def right_of(child: Resident) -> GuardianRight:
    return child.guardian_rights.first()


LINES: list[Line] = [
    ("notices.cancel", Notice, ABOUT, lambda row, now: notices.cancel(
        subject=row.subject, kinds=[SimpleNamespace(code=row.kind)], recipient=row.recipient_id,
        now=now)),
    ("notices.hold_back", Notice, ABOUT, lambda row, _now: notices.hold_back(
        subject=row.subject, said_at=row.created_at, until=NOW + HOUR)),
    ("feedback.forget_words", Feedback, {}, lambda row, now: feedback.forget_words(
        row.attendance.resident, now)),
    ("changes.forget_notes", RecordChange, {}, lambda _row, now: changes.forget_notes(
        now=now + 7 * DAY)),
    ("changes.forget_person", RecordChange, {}, lambda row, now: changes.forget_person(
        row.resident, now)),
    ("events.forget_reasons", PersonEvent, {"reason": "有原因"}, lambda row, now:
        events.forget_reasons(row.resident, now)),
    ("corrections.correct", Consent, {}, lambda row, now: corrections.correct(
        resident=row.child, full_name="新名", birth_date=row.child.birth_date, now=now)),
    ("consents.forget_person", PictureConsent, {}, lambda row, now:
        picture_consents.forget_person(row.person, now)),
    ("forgetting.forget_person", Attendance, {"reason": "有原因"}, lambda row, now:
        forgetting.forget_person(row.resident, now)),
    ("erasure.release_child: passes", CollectorPass, {}, lambda row, now: erasure.release_child(
        row.child, None, now)),
    ("erasure.release_child: walks", WalkHomePermission, {}, lambda row, now:
        erasure.release_child(row.child, None, now)),
    ("nomination_upkeep.forget_person", Nomination, {}, lambda row, now:
        nomination_upkeep.forget_person(Resident.objects.create(
            full_name=row.full_name, phone=row.phone), now)),
    ("objections.forget_person", Objection, {}, lambda row, now: objections.forget_person(
        row.application.person, now)),
    ("closing.reopen", YearClosing, {}, lambda row, now: closing.reopen(
        programme=row.programme, year=row.year, reason="错了", by=staff(), now=now)),
    ("consents.give", PictureConsent, {"guardian": None}, lambda row, now: picture_consents.give(
        person=row.person, guardian=None, given_on=NOW.date(), paper_reference="x", by=staff(),
        now=now)),
    ("consents.give_consent", Consent, {}, lambda row, now: consents.give_consent(
        child=row.child, guardian=row.guardian, agreement=consents.Agreement(
            consents.queries.consent_text_in_force(row.text.programme, now)), by=staff(),
        now=now)),
    ("phones.begin", PhoneChange, {}, lambda row, now: phones.begin(
        person=row.resident, new_phone="13955550099", how="seen", reason="换号", by=staff(),
        now=now)),
    ("asking.confirm", Job, {"state": "waiting"}, lambda row, now: asking.confirm(
        job=row, now=now)),
    ("deputies.end_deputy", Deputy, {}, lambda row, now: deputies.end_deputy(
        row=row, by=row.account, now=now)),
    ("seen.deal_with", Notice, {"status": "failed"}, lambda row, now: seen.deal_with(
        notices=[row.pk], by=staff(), now=now)),
    ("seen.mark_read", Notice, {"channel": "inbox"}, lambda row, now: seen.mark_read(
        notice=Notice(pk=row.pk), now=now)),
    ("seen.mark_all_read", Notice, {"channel": "inbox"}, lambda row, now: seen.mark_all_read(
        notices=Notice.objects.filter(pk=row.pk), now=now)),
    ("asking.cancel", Job, {"state": "queued"}, lambda row, now: asking.cancel(job=row, now=now)),
    ("certificates.revoke_certificate", Certificate, {}, lambda row, now:
        certificates.revoke_certificate(certificate=row, reason=f"{now}", by=staff(), now=now)),
    ("records.take_in", OutwardRecord, {}, lambda row, now: records.take_in(
        record=row, on=now.date())),
    ("bookings.call_off", Booking, {"is_off": False, "occasion": None}, lambda row, _now:
        bookings.call_off(bookings=[row.pk])),
    ("guardian_messages.see_message", GuardianMessage, {}, lambda row, now:
        guardian_messages.see_message(message=row, by=staff(), now=now)),
    ("passes.take_back_pass", CollectorPass, {}, lambda row, now: passes.take_back_pass(
        day_pass=row, by=guardian_of(row.child), now=now)),
    ("passes.use_pass", CollectorPass, {}, lambda row, now: passes.use_pass(
        child=row.child, day=row.day, code="-", by=staff(), now=now)),
    ("passes.take_back_walking_home", WalkHomePermission, {}, lambda row, now:
        passes.take_back_walking_home(permission=row, by=guardian_of(row.child), now=now)),
    ("absences.take_back_absence", Absence, {}, lambda row, now: absences.take_back_absence(
        absence=row, by=guardian_of(row.enrolment.child), now=now)),
    ("seeing.note_sight", GuardianRight, {"seen_at": None}, lambda row, now: seeing.note_sight(
        right=row, how="known", by=staff(), now=now)),
    ("collecting.end_what_they_gave: passes", CollectorPass, {}, lambda row, now:
        collecting.end_what_they_gave(right_of(row.child), now)),
    ("collecting.end_what_they_gave: walks", WalkHomePermission, {}, lambda row, now:
        collecting.end_what_they_gave(right_of(row.child), now)),
    ("collecting._search_again: absences", Absence, {}, lambda row, now:
        collecting._search_again(right_of(row.enrolment.child), now)),
    ("entries.agree", Membership, {}, lambda row, now: entries.agree(sign_up=row, now=now)),
    ("meet_ups._confirm", MeetUp, {}, lambda row, now: meet_ups._confirm(
        [row.pk], "", staff(), now)),
    ("leading.show_phone", Leadership, {"ended_at": None}, lambda row, _now: leading.show_phone(
        group=row.group, by=row.resident.account, is_shown=True)),
    ("weekly_times.end", WeeklyTime, {}, lambda row, now: weekly_times.end(
        usual=row, by=staff(), now=now)),
    ("own_words.moved", MeetUp, {}, lambda row, now: own_words.moved(
        row.occasion, NOW, staff(), now)),
    ("campaign.tick", Milestone, {}, lambda row, now: campaign.tick(
        milestone=row, done=True, by=staff(), now=now)),
]  # fmt: skip

# What is there already ends for what comes anew, each time.
ANEW = {"passes.use_pass", "consents.give", "consents.give_consent", "phones.begin"}
# Where it is done to more rows than the one.
WIDER: dict[str, Callable[[Any], Any]] = {
    "notices.hold_back": lambda row: {
        "subject": row.subject, "created_at": row.created_at, "status": "queued"},
    "erasure.release_child: passes": lambda row: {"pk__in": open_passes(row.child)},
    "passes.use_pass": lambda row: {
        "pk__in": open_passes(row.child), "day": row.day, "tries__lt": CollectorPass.MAX_TRIES,
        "expires_at__gt": NOW + DAY},
    "collecting.end_what_they_gave: passes": lambda row: {
        "pk__in": open_passes(row.child), "made_by": row.made_by},
}  # fmt: skip


def open_passes(child: Resident) -> list[int]:
    rows = CollectorPass.objects.filter(child=child, used_at=None, taken_back_at=None)
    return list(rows.values_list("pk", flat=True))


def another(row: Model, **changes: Any) -> Model:
    """The same but for some columns, and for what is one's own."""
    columns = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    own: dict[str, Any] = {"id": None, "code_hash": uuid4().hex * 2, "key": uuid4()}
    own |= {"sheet": uuid4(), "job_ptr_id": None}
    own |= {"dedupe_key": uuid4().hex, "reference": uuid4()}
    own = {name: value for name, value in own.items() if name in columns}
    return type(row)._base_manager.create(**(columns | own | changes))


def furnish() -> None:
    """What a neighbour has as well, who is not meant, and what was before."""
    day_pass, other = CollectorPass.objects.order_by("pk")[:2]
    for differs in (
        {"used_at": NOW},
        {"taken_back_at": NOW},
        {"day": day_pass.day + DAY, "expires_at": day_pass.expires_at + DAY},
        {"tries": CollectorPass.MAX_TRIES},
        {"made_by_id": other.made_by_id},
        {"child_id": other.child_id},
    ):
        another(day_pass, **differs)
    by, lecture = staff(), Activity.objects.filter(lecture__isnull=False).earliest("pk")
    mine, theirs = Resident.objects.filter(erasure_requests=None, birth_date=None).order_by("-pk")[
        :2
    ]
    about = {"kind": "activities.called_off", "recipient": mine, "created_at": NOW} | ABOUT
    others = {"subject": "activity:2"}, {"kind": "activities.moved"}, {"recipient": theirs}
    later = {"created_at": NOW + HOUR, "recipient": theirs}
    gone = {"status": "delivered", "settled_at": NOW}
    for other in ({}, *others, later, gone):
        Notice.objects.create(
            event="x:1", dedupe_key=str(uuid4()), next_try_at=NOW, **(about | other)
        )
    for person, until in ((mine, NOW), (theirs, NOW + 30 * DAY)):
        died = {"kind": "died", "by": by, "at": NOW, "reason": "有原因", "notes": "x"}
        RecordChange.objects.create(resident=person, undo_until=until, **died)
        PersonEvent.objects.create(resident=person, kind="family", reason="有原因", by=by, at=NOW)
        extra = {"arrived_at": NOW, "how": "walk_in", "is_extra": True, "reason": "有原因"}
        extra |= {"recorded_by": by}
        came = Attendance.objects.create(occasion=lecture.occasions.get(), resident=person, **extra)
        Feedback.objects.create(attendance=came, words="很好", said_at=NOW)
        paper = {"given_on": NOW.date(), "paper_reference": "x", "recorded_at": NOW}
        PictureConsent.objects.create(person=person, recorded_by=by, **paper)
    for number, person in enumerate((mine, theirs)):
        change = {"new_phone": f"1395555000{number}", "how": "code", "proved_at": NOW}
        PhoneChange.objects.create(resident=person, in_force_at=NOW + DAY, **change)
    for slug, year in (("edu-base", 2025), ("edu-base", 2024), ("happy-square", 2025)):
        YearClosing.objects.create(programme=slug, year=year, closed_by=by, closed_at=NOW)
    nominate(Allotment.objects.earliest("pk"))
    for state in ("waiting", "queued"):
        Job.objects.create(kind="export", params={}, title="x", asked_by=by, state=state)
