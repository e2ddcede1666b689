"""Where whoever comes second waits: the lock, the rows that somebody holds, and what is called.

A call need only come as far as the lock; it is undone. `locks_of_programmes` has the others.
"""

from collections.abc import Callable
from datetime import time, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.db.models import Model

from diedie_edu.accounts import queries as account_queries
from diedie_edu.accounts.actions import second_factors
from diedie_edu.accounts.models import RoleGrant, SecondFactor, User
from diedie_edu.activities.actions import offers, schedule, words
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common import deeds, merging
from diedie_edu.common.edit_forms import EditForm
from diedie_edu.community import actions as community
from diedie_edu.community.models import Community
from diedie_edu.decisions.actions import erasing, requests, steps
from diedie_edu.decisions.models import Request
from diedie_edu.jobs.actions import asking
from diedie_edu.keeping.actions import endings
from diedie_edu.keeping.models import Ending
from diedie_edu.notices import actions as notices
from diedie_edu.notices.actions import receipts, wechat
from diedie_edu.notices.channels.outcome import Report
from diedie_edu.notices.models import Notice, Robot, Status, WeChatCode, WeChatTie
from diedie_edu.notices.outbox import chats, upkeep
from diedie_edu.office.actions import (
    closing,
    commitments,
    contacts,
    drafts,
    reviewing,
    rulebook,
    signing,
    spending,
)
from diedie_edu.office.models import Commitment, Document, Expense, FollowUp, Version
from diedie_edu.people.actions import (
    changes,
    clearances,
    consents,
    families,
    phones,
    residents,
    volunteers,
)
from diedie_edu.people.actions import erasing as erasing_people
from diedie_edu.people.models import (
    ErasureRequest,
    Household,
    PersonCorrection,
    PhoneChange,
    RecordChange,
    Resident,
    Volunteer,
)
from diedie_edu.portal.closing.actions import corrections
from diedie_edu.programmes.models import Programme
from diedie_edu.publicity.actions import consents as picture_consents
from diedie_edu.publicity.actions import steps as posts
from diedie_edu.publicity.models import PictureConsent, Post
from diedie_edu.venues.actions import (
    answers,
    bookings,
    displacing,
    empty_rooms,
    unanswered,
    venues,
)
from diedie_edu.venues.actions import requests as room_requests
from diedie_edu.venues.models import Displacement, RoomCheck, RoomRequest, Venue
from diedie_edu.volunteering.actions import applications, duties, hours, leaving, roster, swaps
from diedie_edu.volunteering.models import Duty, DutySwap, VolunteerApplication
from tests.conftest import NOW
from tests.support.locks_house import SCENE
from tests.support.own_rows import pages

Line = tuple[str, type[Model], dict[str, Any], Callable[[Any], Any]]
TODAY = NOW.date()
DONE: dict[str, Any] = {"by": None, "now": NOW}
SAID: dict[str, Any] = {"reason": "有原因。", **DONE}


def word(programme: Programme) -> words.Word:
    return words.Word(programme.slug, "about", "题目", "一句话", [1], NOW, uuid4())


def kind_of(notice: Notice) -> list[Any]:
    return [SimpleNamespace(code=notice.kind)]


def one(row: Model) -> Any:
    return type(row)._base_manager.filter(pk=row.pk)


LINES: list[Line] = [
    ("admin_deleting._locked", Volunteer, {}, lambda row: pages(Volunteer)._locked([row])),
    ("second_factors.set_up", User, {}, lambda row: second_factors.set_up(
        user=row, key="A" * 32, code="1", session="s", now=NOW)),
    ("second_factors.make_sheet", SecondFactor, {}, lambda row: second_factors.make_sheet(
        user=row.user, now=NOW)),
    ("second_factors.confirm", SecondFactor, {}, lambda row: second_factors.confirm(
        user=row.user, typed="000000", session="s", now=NOW)),
    ("branch_leads", RoleGrant, {"role": "branch_lead"}, lambda _row:
        account_queries.branch_leads(locked=True)),
    ("offers.lock_activity", Activity, {}, lambda row: offers.lock_activity(row.pk)),
    ("offers.lock_activities", Activity, {}, lambda row: offers.lock_activities(one(row))),
    ("endings.carry", Ending, {"carried_at": None}, lambda _row: endings.carry(now=NOW)),
    ("schedule.lock_occasions", Occasion, {}, lambda row: schedule.lock_occasions(one(row))),
    ("schedule.move_occasion", Activity, {}, lambda row: schedule.move_occasion(
        occasion=row.occasions.first(), starts_at=NOW, ends_at=NOW, venue=Venue(), **DONE)),
    ("schedule.call_off", Activity, {}, lambda row: schedule.call_off(activity=row, **SAID)),
    ("words.send_word", Programme, {}, lambda row: words.send_word(word=word(row), **DONE)),
    ("asking.ask", User, {}, lambda row: asking.ask(
        kind=SimpleNamespace(may=lambda *_asked: True, slug="x"), title="", params={}, by=row,
        language="")),
    ("deeds._bring", Notice, {}, lambda row: deeds._bring(
        deeds.Note("notices.Notice", row.pk, None, None), NOW)),
    ("merging.move", Resident, {}, lambda row: merging.move(
        one(row), "household", None, deeds.Deed(None, NOW))),
    ("community.leave_out", Community, {}, lambda _row: community.leave_out(
        code="x", is_left_out=True, **DONE)),
    ("EditForm.lock", Document, {}, lambda row: EditForm.lock(None, [row])),
    ("erasing.erase", Request, {}, lambda row: erasing.erase(
        kind=SimpleNamespace(slug=row.kind), subjects=[row.subject], **DONE)),
    ("requests._locked", Request, {}, lambda row: requests._locked(
        SimpleNamespace(slug=row.kind), row.subject)),
    ("steps.lock_request", Request, {}, lambda row: steps.lock_request(row.pk)),
    ("notices.unsay", Notice, {}, lambda row: notices.unsay(
        subject=row.subject, said_at=row.created_at, kinds=kind_of(row))),
    ("notices.send_again", Notice, {}, lambda row: notices.send_again(notice=row, **DONE)),
    ("wechat.tie: account", User, {"is_active": True}, lambda row: wechat.tie(
        account=row, openid="oNew", now=NOW)),
    ("wechat.tie: tie", WeChatTie, {}, lambda row: wechat.tie(
        account=row.account, openid="oNew", now=NOW)),
    ("wechat.end_own", WeChatTie, {}, lambda row: wechat.end_own(
        account=row.account, now=NOW)),
    ("wechat.end_unknown", WeChatTie, {}, lambda row: wechat.end_unknown(
        openid=row.openid, now=NOW)),
    ("wechat.scanned", WeChatCode, {}, lambda _row: wechat.scanned(
        scene=SCENE, openid="oNew", now=NOW)),
    ("chats.still_speaks", Robot, {}, lambda row: chats.still_speaks(Notice(robot=row))),
    ("upkeep._write_down", Notice, {}, lambda row: upkeep._write_down(
        one(row), row, None, NOW)),
    ("receipts._write_down", Notice, {}, lambda row: receipts._write_down(
        one(row), Report(Status.DELIVERED), NOW)),
    ("closing.close", Document, {"work": "budget"}, lambda row: closing.close(
        programme=row.programme, year=row.first_day.year, **DONE)),
    ("commitments.free", Commitment, {}, lambda row: commitments.free(commitment=row, **SAID)),
    ("contacts.tick", FollowUp, {}, lambda row: contacts.tick(
        follow_up=row, done=True, **DONE)),
    ("drafts.lock_document", Document, {}, lambda row: drafts.lock_document(row.pk)),
    ("reviewing.lock: document", Document, {}, lambda row: reviewing.lock(
        row.versions.first().pk)),
    ("reviewing.lock: version", Version, {}, lambda row: reviewing.lock(row.pk)),
    ("rulebook.take_over", Programme, {"rule_versions__isnull": False}, lambda row:
        rulebook.take_over(rules_of(row), NOW)),
    ("rulebook.withdraw", Programme, {"rule_versions__approved_as__isnull": False}, lambda row:
        rulebook.withdraw(Version(pk=approved(row)), NOW)),
    ("signing.lock", Expense, {}, lambda row: signing.lock(row.pk)),
    ("spending.take_back", Expense, {}, lambda row: spending.take_back(expense=row, **SAID)),
    ("changes.lock_records", Resident, {}, lambda row: changes.lock_records([row.pk])),
    ("changes.undo_change", RecordChange, {}, lambda row: changes.undo_change(
        change=row, **SAID)),
    ("clearances._lock", Volunteer, {}, lambda row: clearances._lock(row)),
    ("consents._erase", Resident, {}, lambda row: consents._erase(row.pk, NOW)),
    ("consents.lock_child_row", Resident, {}, lambda row: consents.lock_child_row(row.pk)),
    ("erasing.erase_person", Resident, {}, lambda row: erasing_people.erase_person(
        resident=row, now=NOW)),
    ("erasing._lock: resident", Resident, {}, lambda row: erasing_people._lock(row, None)),
    ("erasing._lock: account", User, {}, lambda row: erasing_people._lock(None, row)),
    ("erasing._locked_request: resident", Resident, {"erasure_requests__isnull": False},
        lambda row: erasing_people._locked_request(row.erasure_requests.first().pk)),
    ("erasing._locked_request: account", User, {
        "pk__in": ErasureRequest.objects.values("account")}, lambda row:
        erasing_people._locked_request(ErasureRequest.objects.get(account=row).pk)),
    ("erasing._locked_request", ErasureRequest, {}, lambda row:
        erasing_people._locked_request(row.pk)),
    ("families._own_home", Household, {}, lambda row: families._own_home(
        row.members.first(), "", None, NOW)),
    ("families._lock_home_at", Household, {}, lambda row: families._lock_home_at(row.label)),
    ("families._known", Resident, {}, lambda row: families._known(row.full_name, row.phone)),
    ("families.move_in", Resident, {}, lambda row: families.move_in(
        person=row, house="12-3-501", **SAID)),
    ("phones._locked: account", User, {}, lambda row: phones._locked(phones.Owner(None, row))),
    ("phones._locked: resident", Resident, {}, lambda row: phones._locked(
        phones.Owner(row, None))),
    ("phones._locked_change", PhoneChange, {}, lambda row: phones._locked_change(row)),
    ("residents._entered_before", Resident, {"account": None, "departed_on": None}, lambda row:
        residents._entered_before(row.phone, row.full_name)),
    ("volunteers.leave", Volunteer, {}, lambda row: volunteers.leave(volunteer=row, **DONE)),
    ("corrections._lock", PersonCorrection, {}, lambda row: corrections._lock(row.pk)),
    ("consents.withdraw", PictureConsent, {}, lambda row: picture_consents.withdraw(
        consent=row, **DONE)),
    ("steps.lock_post", Post, {}, lambda row: posts.lock_post(row.pk)),
    ("answers.lock", RoomRequest, {}, lambda row: answers.lock(row.pk)),
    ("unanswered.look_after_unanswered", RoomRequest, {"state": "waiting"}, lambda row:
        unanswered.look_after_unanswered(row.bookings.get().starts_at - timedelta(hours=1))),
    ("answers.end_without_dates", RoomRequest, {}, lambda row: answers.end_without_dates(
        row.pk, NOW)),
    ("bookings.lock_rooms", Venue, {}, lambda row: bookings.lock_rooms([row.pk])),
    ("venues.open_rooms", Venue, {"opening_hours": None, "part_of": None}, lambda _row:
        venues.open_rooms(weekdays=[1], opens=time(9), closes=time(17), **DONE)),
    ("displacing._lock", Displacement, {}, lambda row: displacing._lock(row)),
    ("empty_rooms._lock", RoomCheck, {}, lambda row: empty_rooms._lock(row)),
    ("requests.add", RoomRequest, {}, lambda row: room_requests.add(
        request=row, bookings=[], now=NOW)),
    ("applications._lock", VolunteerApplication, {}, lambda row: applications._lock(row.pk)),
    ("duties.lock_places", Occasion, {}, lambda row: duties.lock_places([row.pk])),
    ("duties.lock_volunteers", Volunteer, {}, lambda row: duties.lock_volunteers([row.pk])),
    ("duties.assign_duty", Occasion, {}, lambda row: duties.assign_duty(
        occasion=row, volunteer=None, work="speaker", **DONE)),
    ("duties.release_duty: activity", Activity, {"occasions__duties__isnull": False},
        lambda row: duties.release_duty(duty=a_duty_of(row), **DONE)),
    ("duties.release_duty", Duty, {}, lambda row: duties.release_duty(duty=row, **DONE)),
    ("hours._lock", Duty, {}, lambda row: hours._lock([row.pk])),
    ("leaving.lock_activities", Activity, {"occasions__duties__isnull": False}, lambda row:
        leaving.lock_activities(Duty.objects.filter(occasion__activity=row))),
    ("roster.lock_slots", Occasion, {}, lambda row: roster.lock_slots(row.pk)),
    ("swaps.answer_swap", DutySwap, {}, lambda row: swaps.answer_swap(
        swap=row, takes_it=True, now=NOW)),
]  # fmt: skip


def a_duty_of(activity: Activity) -> Duty:
    return Duty.objects.filter(occasion__activity=activity).earliest("pk")


def rules_of(programme: Programme) -> Any:
    return Version.objects.filter(document__work="rules").latest("pk")


def approved(programme: Programme) -> int:
    return programme.rule_versions.exclude(approved_as=None).first().approved_as
