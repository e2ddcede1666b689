"""What is done to one row, with rows beside it that differ from it in one fact each; for
`attacks/test_once_beside.py`."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import Model

from diedie_edu.accounts.actions import codes
from diedie_edu.accounts.models import OneTimeCode
from diedie_edu.activities.actions import offers, schedule
from diedie_edu.activities.models import Activity, Party, SignUp
from diedie_edu.common.phones import phone_key
from diedie_edu.door.actions import arrivals
from diedie_edu.notices import actions as notices
from diedie_edu.notices.actions import receipts
from diedie_edu.notices.channels.outcome import Outcome, Report
from diedie_edu.notices.models import Attempt, Notice, Reason, Status
from diedie_edu.notices.outbox import upkeep
from diedie_edu.people.actions import departing, phones
from diedie_edu.people.models import PhoneChange, RecordChange, Resident, Volunteer
from diedie_edu.volunteering.actions import duties
from diedie_edu.volunteering.models import Duty
from residents_school.actions import drafts, invitations, searching, speakers
from residents_school.models import Invitation, Lecture, Wish
from tests.conftest import NOW
from tests.support.once import ABOUT, DAY, HOUR, staff

MINUTE = timedelta(minutes=1)
Changes = dict[str, Any]
# Its name, the row, in what those beside it differ, and what is done.
Line = tuple[
    str,
    Callable[[], Any],
    Callable[[Any], Iterable[Changes | Model]],
    Callable[[Any, datetime], Any],
]


def somebody() -> Resident:
    return Resident.objects.create(full_name="缪某")


def lecture() -> Lecture:
    return Lecture.objects.filter(state="published").earliest("pk")


def other_lecture() -> Lecture:
    return Lecture.objects.filter(state="published").exclude(pk=lecture().pk).earliest("pk")


def code(**facts: Any) -> OneTimeCode:
    about = {"phone": "13911119999", "purpose": "sign_in", "browser_hash": "a", "place_hash": "p"}
    times = {"created_at": NOW, "expires_at": NOW + DAY}
    return OneTimeCode.objects.create(**about, by="owner", code_hash="0" * 64, **times | facts)


def notice(**facts: Any) -> Notice:
    about = {"kind": "activities.called_off", "recipient": somebody(), "created_at": NOW} | ABOUT
    own = {"event": "x:1", "dedupe_key": uuid4().hex, "next_try_at": NOW}
    return Notice.objects.create(**about | own | facts)


def sending(**facts: Any) -> Notice:
    lease = {"status": "sending", "lease": uuid4(), "lease_until": NOW + HOUR, "tries": 1}
    return notice(**lease | facts)


def attempt(of: Notice, **facts: Any) -> Attempt:
    about = {"number": of.tries, "lease": of.lease or uuid4(), "started_at": NOW}
    return Attempt.objects.create(notice=of, **about | facts)


def offered() -> SignUp:
    at = lecture()
    ends = {"offer_expires_at": at.occasion.starts_at + DAY, "signed_up_at": NOW}
    return SignUp.objects.create(activity=at, resident=somebody(), status="offered", **ends)


def holding(until: datetime = NOW + 99 * DAY) -> Party:
    held = {"held": 1, "held_until": until, "made_at": NOW}
    return Party.objects.create(activity=lecture(), **held)


def waiting() -> SignUp:
    about = {"status": "waiting", "signed_up_at": NOW}
    Activity.objects.filter(pk=lecture().pk).update(capacity=80)
    return SignUp.objects.create(activity=lecture(), resident=somebody(), **about)


def seat(row: SignUp) -> None:
    arrivals._free_seat(Activity.objects.get(pk=row.activity_id), row.resident, staff(), NOW)


def departed() -> RecordChange:
    gone = somebody()
    Resident.objects.filter(pk=gone.pk).update(departed_on=NOW.date(), departure="moved")
    told = {"kind": "moved", "reason": "搬家", "notes": "x", "by": staff(), "at": NOW}
    return RecordChange.objects.create(resident=gone, undo_until=NOW + 30 * DAY, **told)


def phone_change(**facts: Any) -> PhoneChange:
    whose = facts.pop("resident", None) or Resident.objects.create(
        full_name="缪某", phone="13955550011"
    )
    told = {"old_phone": "13955550011", "new_phone": "13955550012", "how": "code"}
    times = {"proved_at": NOW, "in_force_at": NOW + 9 * DAY}
    return PhoneChange.objects.create(resident=whose, **told | times | facts)


def stopped_later() -> PhoneChange:
    """A change that was built upon one that is stopped."""
    person = Resident.objects.create(full_name="缪某", phone="13955550011")
    phone_change(resident=person, in_force_at=NOW - DAY, proved_at=NOW - DAY, done_at=NOW - DAY)
    first = phone_change(resident=person, in_force_at=NOW, done_at=NOW)
    new = {"phone": first.new_phone, "phone_key": phone_key(first.new_phone)}
    Resident.objects.filter(pk=first.resident_id).update(**new)
    return phone_change(resident=first.resident)


def stop_the_one_before(row: PhoneChange, now: datetime) -> None:
    done = PhoneChange.objects.filter(resident=row.resident, done_at=NOW)
    phones.stop(change=done.latest("pk"), now=now)


def volunteer() -> Volunteer:
    return Volunteer.objects.create(resident=somebody(), kinds=["expert"])


def on_duty() -> Duty:
    at = lecture().occasion
    return duties.assign_duty(
        occasion=at, volunteer=volunteer(), work="helper", by=staff(), now=NOW
    )


def invited(state: str) -> Invitation:
    """By staff, as all others are: whom nobody invited is asked no more once one is found."""
    Invitation.objects.update(invited_by=staff())
    answered = {} if state == "invited" else {"answered_at": NOW}
    answered |= {"proposed_days": [NOW.date()]} if state == "other_date" else {}
    about = {"lecture": lecture(), "volunteer": volunteer(), "invited_at": NOW}
    about["invited_by"] = staff()
    return Invitation.objects.create(state=state, **about, **answered)


def search(row: Invitation, now: datetime) -> None:
    duty = Duty(occasion=lecture().occasion, work="speaker", volunteer=row.volunteer)
    searching.look_for_another(duty, row.volunteer, "不行", now)


def answered_wish() -> Wish:
    done = Lecture.objects.filter(state="published", sign_ups=None).latest("pk")
    about = {"topic": done.topic, "resident": somebody(), "wished_at": NOW}
    return Wish.objects.create(answered_by=done, **about)


LINES: list[Line] = [
    ("codes._make_code", code,
        lambda _row: [{"phone": "13911118888"}, {"browser_hash": "b"}, {"closed_at": NOW}],
        lambda row, now: codes._make_code(OneTimeCode(
            phone=row.phone, purpose="sign_in", browser_hash=row.browser_hash, place_hash="p",
            by="owner", created_at=now, expires_at=now + HOUR), now)),
    ("codes.forget_old_codes", lambda: code(created_at=NOW - 3 * HOUR, expires_at=NOW - HOUR),
        lambda _row: [{"expires_at": NOW + MINUTE, "browser_hash": "c"}],
        lambda _row, now: codes.forget_old_codes(now)),
    ("schedule._end_offers_by", offered, lambda _row: [
        {"activity_id": other_lecture().pk},
        {"resident_id": somebody().pk, "offer_expires_at": NOW}],
        lambda row, _now: schedule._end_offers_by(row.activity.occasions.get())),
    ("offers.bring_hold_forward", holding, lambda _row: [
        {"activity_id": other_lecture().pk}, {"held": 0}],
        lambda row, now: offers.bring_hold_forward(row.activity, now)),
    ("arrivals._free_seat", waiting, lambda _row: [{"activity_id": other_lecture().pk}],
        lambda row, _now: seat(row)),
    ("notices.unsay", lambda: notice(status="cancelled", settled_at=NOW + HOUR), lambda _row: [
        {"subject": "activity:2"}, {"status": "expired"}, {"settled_at": NOW + MINUTE},
        {"created_at": NOW + HOUR}],
        lambda row, now: notices.unsay(subject=row.subject, said_at=now, kinds=[])),
    ("notices.hold_back", notice, lambda _row: [{"next_try_at": NOW + DAY}],
        lambda row, _now: notices.hold_back(
            subject=row.subject, said_at=row.created_at, until=NOW + HOUR)),
    ("upkeep._end_attempts", lambda: attempt(sending()),
        lambda _row: [{"notice_id": sending().pk}, {"number": 2, "ended_at": NOW}],
        lambda row, now: upkeep._end_attempts(Notice.objects.filter(pk=row.notice_id), now)),
    ("upkeep._write_down", lambda: attempt(
        notice(status="unknown", settled_at=NOW, tries=2)), lambda _row: [{"number": 1}],
        lambda row, now: upkeep._write_down(
            Notice.objects.filter(pk=row.notice_id), row.notice,
            Outcome(Status.SENT, Reason.ACCEPTED), now)),
    ("receipts._write_down", lambda: attempt(
        notice(status="unknown", settled_at=NOW, tries=2)), lambda _row: [
        {"number": 1}, {"notice_id": sending().pk}],
        lambda row, now: receipts._write_down(
            Notice.objects.filter(pk=row.notice_id), Report(Status.DELIVERED), now)),
    ("upkeep.forget_what_was_sent", notice, lambda _row: [
        {"next_try_at": NOW + DAY}, {"status": "cancelled", "settled_at": NOW},
        {"channel": "inbox"}],
        lambda _row, now: upkeep.forget_what_was_sent(now)),
    ("departing.note_return", departed,
        lambda _row: [{"resident_id": somebody().pk}, {"kind": "split"}],
        lambda row, now: departing.note_return(
            resident=row.resident, reason="回来了", by=staff(), now=now)),
    ("phones.begin", phone_change, lambda _row: [
        {"done_at": NOW}, {"ended_at": NOW, "ending": "stopped"}],
        lambda row, now: phones.begin(
            person=row.resident, new_phone="13955550013", how="seen", reason="换号", by=staff(),
            now=now)),
    ("phones.stop", stopped_later, lambda row: [
        {"ended_at": NOW, "ending": "taken_back"},
        row.resident.phone_changes.earliest("pk"),
        {"resident_id": somebody().pk}], stop_the_one_before),
    ("phones.forget_numbers", lambda: phone_change(
        in_force_at=NOW - 999 * DAY, proved_at=NOW - 999 * DAY, done_at=NOW - 999 * DAY),
        lambda _row: [{"done_at": None}], lambda _row, now: phones.forget_numbers(now)),
    ("duties.assign_duty", on_duty, lambda _row: [{"volunteer_id": volunteer().pk}],
        lambda row, now: duties.assign_duty(
            occasion=row.occasion, volunteer=row.volunteer, work="speaker", by=staff(), now=now)),
    ("drafts.take_back_announcement", answered_wish,
        lambda _row: [{"resident_id": somebody().pk, "answered_by_id": lecture().pk}],
        lambda row, now: drafts.take_back_announcement(
            lecture=row.answered_by, by=staff(), now=now)),
    ("invitations.invite_speaker", lambda: invited("other_date"), lambda _row: [
        {"lecture_id": other_lecture().pk}, {"volunteer_id": volunteer().pk},
        {"state": "declined", "proposed_days": []}],
        lambda row, now: invitations.invite_speaker(
            lecture=row.lecture, volunteer=row.volunteer, note="", by=staff(), now=now)),
    ("searching.look_for_another", lambda: invited("accepted"), lambda _row: [
        {"lecture_id": other_lecture().pk}, {"volunteer_id": volunteer().pk},
        {"state": "withdrawn"}], search),
    ("speakers._settle_invitations", lambda: invited("invited"), lambda _row: [
        {"lecture_id": other_lecture().pk}, {"volunteer_id": volunteer().pk},
        {"state": "declined", "answered_at": NOW}],
        lambda row, now: speakers._settle_invitations(
            row.lecture.occasion, [row.volunteer], now)),
]  # fmt: skip
