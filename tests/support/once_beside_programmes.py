"""The lines of `once_beside` about children, guardians, groups and applications."""

from datetime import datetime
from typing import Any

from after_school.actions import collecting, corrections, custody, ended_again, guardians
from after_school.actions import erasure as children
from after_school.models import (
    Absence,
    Collector,
    CollectorPass,
    GuardianRight,
    Presence,
    WalkHomePermission,
    Whereabouts,
)
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Consent, ConsentText, Guardianship, Resident
from diedie_edu.people.queries import consent_text_in_force
from diedie_edu.publicity.actions import consents as picture_consents
from diedie_edu.publicity.models import PictureConsent
from edu_base.actions import forgetting, objections, reviewers
from edu_base.actions import guardians as stops
from edu_base.models import Application, Declaration, Intake, Objection, State, Stop
from happy_square.actions import leading, members
from happy_square.models import JoinRequest, Leadership
from tests.conftest import NOW, new_user
from tests.support.access_places import make_objection
from tests.support.children import seen
from tests.support.education import make_application
from tests.support.groups import lead, make_group
from tests.support.once import DAY, right_of, staff
from tests.support.once_beside import Line, somebody
from tests.support.once_stale import comes_after_all, end_right, listed, missing, second_of
from tests.support.reviewing import declare, make_reviewer

Changes = dict[str, Any]
ENDED = {"ended_at": NOW, "ending": Consent.Ending.REPLACED}


def another_child(than: Resident) -> Resident:
    rows = Resident.objects.filter(guardian_rights__isnull=False, enrolments__isnull=False)
    return rows.exclude(pk=than.pk).earliest("pk")


def account() -> Any:
    return somebody_with_account().account


def somebody_with_account() -> Resident:
    return new_user(Role.RESIDENT).resident


def consent(**facts: Any) -> Consent:
    live = Consent.objects.filter(text__programme="after-school", ended_at=None)
    return live.filter(child__enrolments__isnull=False).earliest("pk")


def for_groups(row: Consent, **facts: Any) -> ConsentText:
    text = ConsentText.objects.get(pk=row.text_id)
    text.pk, text.programme = None, "happy-square"
    for name, value in facts.items():
        setattr(text, name, value)
    text.save()
    return text


def newer_text(row: Consent) -> ConsentText:
    """In force from today on, and asked for within a month."""
    times = {"version": "2027-0", "in_force_from": NOW, "ask_until": NOW.date() + 30 * DAY}
    return for_groups(row, programme="after-school", **times)


def ask_for_newer(row: Consent, now: datetime) -> None:
    consents.ask_for_newer_texts(now=now)


def beside_older(row: Consent) -> list[Changes]:
    newer = newer_text(row)
    return [
        {"text_id": for_groups(row).pk},
        {"text_id": newer.pk, "guardian_id": somebody_grown(row.child).pk},
        ENDED,
    ]


def somebody_grown(child: Resident) -> Resident:
    return second_of(child)


def picture_consent() -> PictureConsent:
    return PictureConsent.objects.filter(guardian=None).first() or PictureConsent.objects.create(
        person=somebody(),
        given_on=NOW.date(),
        paper_reference="x",
        recorded_at=NOW,
        recorded_by=staff(),
    )


def collector() -> Collector:
    return Collector.objects.filter(guardian=None, barred_at=None).earliest("pk")


def searched() -> Presence:
    row = missing(way="link", noted_by=None, said="with_me")
    right = right_of(row.presence.child)
    Whereabouts.objects.filter(pk=row.pk).update(guardian=right.guardian)
    Presence.objects.update(missing_notified_at=NOW)
    return Presence.objects.get(pk=row.presence_id)


def second_right() -> GuardianRight:
    child = GuardianRight.objects.earliest("pk").child
    return GuardianRight.objects.create(child=child, guardian=second_of(child), place=2, **seen())


def second_right_of_another(row: GuardianRight) -> GuardianRight:
    child = another_child(row.child)
    return GuardianRight.objects.create(child=child, guardian=second_of(child), place=2, **seen())


def given_pass(**facts: Any) -> CollectorPass:
    row = CollectorPass.objects.earliest("pk")
    row.pk, row.full_name, row.phone = None, "缪某", "13955550041"
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def collects() -> Resident:
    return Resident.objects.create(full_name="缪某", phone="13955550041")


def stop() -> Stop:
    row = make_application(staff(), Intake.objects.earliest("pk"), State.SUBMITTED)
    told = {"said_by": "某母", "reason": "太远", "at": NOW, "by": staff()}
    made = Stop.objects.create(application=row, **told)
    Application.objects.filter(pk=row.pk).update(stopped_at=NOW, stop_reason="太远")
    return made


def settled() -> Changes:
    return {"settled_at": NOW, "settled_by_id": staff().pk, "settlement": "谈好了"}


def settled_stop() -> Stop:
    """With words of its own."""
    row = stop()
    stops.settle(application=row.application, settlement="谈好了", by=staff(), now=NOW)
    return row


def used_pass() -> CollectorPass:
    """By which a child has left."""
    row = CollectorPass.objects.earliest("pk")
    CollectorPass.objects.filter(pk=row.pk).update(used_at=NOW)
    GuardianRight.objects.filter(child=row.child).update(**seen())
    left = {"left_at": NOW, "left_by": staff(), "checked_how": "code", "collector_pass": row}
    Presence.objects.filter(child=row.child).update(**left)
    return CollectorPass.objects.get(pk=row.pk)


def declared() -> Declaration:
    case = make_application(staff(), Intake.objects.earliest("pk"), State.SUBMITTED)
    return declare(make_reviewer(case.intake, staff()), case)


def another_case(row: Declaration) -> Application:
    return make_application(staff(), row.reviewer.intake, State.SUBMITTED)


def another_reviewer(row: Declaration) -> Any:
    return make_reviewer(row.reviewer.intake, account())


def led() -> Leadership:
    return lead(make_group(), somebody_with_account())


def asked() -> JoinRequest:
    return JoinRequest.objects.create(group=make_group(), resident=somebody(), asked_at=NOW)


def also_guarded(row: Consent) -> Resident:
    """Another child of the same guardian."""
    child = another_child(row.child)
    Guardianship.objects.create(guardian=row.guardian, child=child, relation="mother")
    return child


def objection_beside(row: Objection) -> Objection:
    of_another = Intake.objects.exclude(pk=row.application.intake_id).filter(scheme="households")
    make_objection(of_another.filter(announcements=None).earliest("pk"), staff())
    return Objection.objects.latest("pk")


LINES: list[Line] = [
    ("consents.give_consent", consent, lambda row: [
        {"child_id": also_guarded(row).pk}, ENDED, {"text_id": for_groups(row).pk}],
        lambda row, now: consents.give_consent(
            child=row.child, guardian=row.guardian, agreement=consents.Agreement(
                consent_text_in_force("after-school", now)), by=staff(), now=now)),
    ("consents.ask_for_newer_texts", consent, beside_older, ask_for_newer),
    ("consents.give: picture", picture_consent, lambda _row: [{"withdrawn_at": NOW}],
        lambda row, now: picture_consents.give(
            person=row.person, guardian=None, given_on=NOW.date(), paper_reference="y",
            by=staff(), now=now)),
    ("absences.take_back_absence", missing, lambda row: [
        {"presence_id": Presence.objects.exclude(pk=row.presence_id).earliest("pk").pk}],
        comes_after_all),
    ("collecting.end_what_they_gave", collector, lambda _row: [
        {"guardian_id": somebody().pk, "phone": "13955550042"},
        {"ended_at": NOW}],
        lambda row, now: collecting.end_what_they_gave(right_of(row.child), now)),
    ("ended_again._right", second_right, lambda row: [second_right_of_another(row)],
        lambda row, now: ended_again._right(row.pk, "", now)),
    ("collecting._search_again", lambda: Absence.objects.earliest("pk"), lambda row: [
        {"first_day": NOW.date() - 9 * DAY, "last_day": NOW.date() - 8 * DAY},
        {"enrolment_id": another_child(row.enrolment.child).enrolments.get().pk,
            "first_day": NOW.date() + 9 * DAY, "last_day": NOW.date() + 9 * DAY},
        {"reported_by_id": account().pk, "first_day": NOW.date() + 9 * DAY,
            "last_day": NOW.date() + 9 * DAY}],
        lambda row, now: collecting._search_again(right_of(row.enrolment.child), now)),
    ("collecting._search_again: presence", searched, lambda row: [
        Presence.objects.exclude(pk=row.pk).earliest("pk")],
        lambda row, now: collecting._search_again(right_of(row.child), now)),
    ("custody._put_first", second_right, lambda row: [second_right_of_another(row)],
        lambda row, _now: custody._put_first(row, other_decides=True)),
    ("erasure.release_child: passes", lambda: CollectorPass.objects.earliest("pk"), lambda _row: [
        {"day": NOW.date()}], lambda row, now: children.release_child(row.child, None, now)),
    ("erasure.release_child: walks", lambda: WalkHomePermission.objects.earliest("pk"),
        lambda _row: [{"valid_from": NOW.date()}],
        lambda row, now: children.release_child(row.child, None, now)),
    ("guardians.forget_guardian: rights", second_right,
        lambda row: [second_right_of_another(row)],
        lambda row, now: guardians.forget_guardian(
            row.child, row.child.guardian_rights.get(place=1).guardian, now)),
    ("guardians.forget_guardian: collectors", listed, lambda row: [
        {"child_id": another_child(row.child).pk},
        {"guardian_id": second_of(row.child).pk}],
        lambda row, now: guardians.forget_guardian(row.child, row.guardian, now)),
    ("guardians.forget_collector", given_pass, lambda _row: [
        given_pass(full_name="苗某")],
        lambda _row, now: guardians.forget_collector(collects(), now)),
    ("guardians.forget_collector: barred", lambda: Collector.objects.create(
        child=collector().child, full_name="缪某", phone="13955550041", relation="邻居",
        valid_from=NOW.date(), named_at=NOW, named_by=staff()), lambda row: [
        {"child_id": another_child(row.child).pk, "barred_at": NOW, "barred_by_id": staff().pk,
            "barred_reason": "法院裁定"}],
        lambda _row, now: guardians.forget_collector(collects(), now)),
    ("custody.end_right", listed, lambda row: [{"child_id": another_child(row.child).pk}],
        end_right),
    ("corrections._back_inside", used_pass, lambda _row: [{"day": NOW.date() - DAY}],
        lambda row, now: corrections._back_inside(row.hand_over, "认错人", staff(), now)),
    ("guardians.settle", stop, lambda _row: [stop(), settled()],
        lambda row, now: stops.settle(
            application=row.application, settlement="谈好了", by=staff(), now=now)),
    ("forgetting.erase_words", stop, lambda _row: [stop()],
        lambda row, now: forgetting.erase_words(application=row.application, now=now)),
    ("forgetting.erase_words: settled", settled_stop, lambda _row: [settled_stop()],
        lambda row, now: forgetting.erase_words(application=row.application, now=now)),
    ("reviewers.declare", declared, lambda row: [
        {"application_id": another_case(row).pk}, {"reviewer_id": another_reviewer(row).pk}],
        lambda row, now: reviewers.declare(
            reviewer=row.reviewer, ties={row.application_id: "relative"}, now=now)),
    ("leading.show_phone", led, lambda _row: [
        {"group_id": make_group().pk}, {"ended_at": NOW},
        {"resident_id": somebody().pk, "part": "deputy"}],
        lambda row, _now: leading.show_phone(
            group=row.group, by=row.resident.account, is_shown=True)),
    ("members._end_wishes", asked, lambda _row: [
        {"group_id": make_group().pk}, {"resident_id": somebody().pk},
        {"state": "withdrawn", "answered_at": NOW}],
        lambda row, now: members._end_wishes(row.group, row.resident, None, now)),
    ("objections.forget_person", lambda: Objection.objects.earliest("pk"),
        lambda row: [objection_beside(row)],
        lambda row, now: objections.forget_person(row.application.person, now)),
]  # fmt: skip
