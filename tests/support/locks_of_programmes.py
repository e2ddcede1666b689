"""The lines of the four programmes for `locks`."""

from decimal import Decimal
from uuid import uuid4

from after_school.actions import (
    alarms,
    breaks,
    changing_terms,
    collecting,
    days_off,
    enrolling,
    guardian_messages,
    passes,
    presence,
    second_enrolments,
    sessions,
    staffing,
    term_days,
    terms,
    whereabouts,
)
from after_school.actions import handing_over as hand_over
from after_school.actions import invitations as guardian_invitations
from after_school.models import (
    Absence,
    Collector,
    CollectorPass,
    Enrolment,
    GuardianInvitation,
    GuardianRight,
    Presence,
    SecondEnrolment,
    Session,
    Term,
    WalkHomePermission,
    Zone,
)
from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.people.models import Resident
from edu_base.actions import (
    asking,
    campaign,
    dwellings,
    enterprise_offers,
    enterprises,
    grants,
    mobilising,
    nominations,
    objections,
    places,
    ranking,
    steps,
)
from edu_base.models import (
    Allotment,
    Application,
    Award,
    Dwelling,
    EnterpriseOffer,
    GrantFund,
    Intake,
    Nomination,
    Objection,
    OfferInterest,
    SchemeYear,
    StudyQuestion,
    Visit,
)
from happy_square.actions import (
    applications,
    complaints,
    counting,
    dates,
    entries,
    festival_invitations,
    findings,
)
from happy_square.models import (
    Complaint,
    FestivalInvitation,
    Finding,
    Group,
    GroupApplication,
    MeetUp,
    MemberEntry,
)
from residents_school.actions import (
    answers,
    invitations,
    lectures,
    materials,
    seasons,
    surveys,
    wishes,
)
from residents_school.demo.handouts import picture
from residents_school.models import Invitation, Survey, Wish
from tests.conftest import NOW
from tests.support.locks import DONE, SAID, TODAY, Line


def guardian_of(child: Resident) -> User:
    """The account of whoever answers for a child."""
    return child.guardian_rights.first().guardian.account


def close_without(child: Resident) -> None:
    """An afternoon of which nobody said that the child does not come."""
    Absence.objects.filter(enrolment__child=child).update(taken_back_at=NOW)
    sessions._write_down_who_did_not_come(enrolment_of(child).term.sessions.get())


def enrolment_of(child: Resident) -> Enrolment:
    return child.enrolments.first()


OF_THE_SCHOOL: list[Line] = [
    ("answers._held", Survey, {}, lambda row: answers._held(row)),
    ("invitations._lock", Activity, {}, lambda row: invitations._lock(row.pk)),
    ("invitations._lock_both", Invitation, {}, lambda row: invitations._lock_both(row)),
    ("lectures.change_lecture", Activity, {"lecture__isnull": False}, lambda row:
        lectures.change_lecture(lecture=row.lecture, plan=None, **DONE)),
    ("lectures.announce_lecture", Activity, {"lecture__isnull": False}, lambda row:
        lectures.announce_lecture(lecture=row.lecture, **DONE)),
    ("materials.add_material", Activity, {"lecture__isnull": False}, lambda row:
        materials.add_material(
            lecture=row.lecture, data=picture(), file_name="x.png", title="", **DONE)),
    ("seasons.change_series", Activity, {"lecture__series__isnull": False}, lambda row:
        seasons.change_series(series=row.lecture.series, since=NOW, changes={}, **DONE)),
    ("surveys.change_survey", Survey, {}, lambda row: surveys.change_survey(
        survey=row, plan=None, **DONE)),
    ("surveys.delete_draft", Survey, {}, lambda row: surveys.delete_draft(survey=row, **DONE)),
    ("surveys.publish_results", Survey, {}, lambda row: surveys.publish_results(
        survey=row, **DONE)),
    ("wishes._take_up", Wish, {}, lambda row: wishes._take_up(row.topic.lectures.first())),
]  # fmt: skip

OF_AFTERNOONS: list[Line] = [
    ("alarms._lock_in", Session, {}, lambda row: alarms._lock_in(row.state, row)),
    ("breaks.take_back_break", Activity, {"term__isnull": False}, lambda row:
        breaks.take_back_break(school_break=row.term.breaks.first(), **DONE)),
    ("changing_terms.change_term", Term, {}, lambda row: changing_terms.change_term(
        term=row, change=None, **SAID)),
    ("changing_terms.delete_draft", Term, {}, lambda row: changing_terms.delete_draft(
        term=row, **DONE)),
    ("sessions._write_down_who_did_not_come", Resident, {"enrolments__isnull": False},
        close_without),
    ("collecting.lock_named", Collector, {}, lambda row: collecting.lock_named(row.child_id)),
    ("collecting.bar_collector", Collector, {}, lambda row: collecting.bar_collector(
        collector=row, reason="-", by=guardian_of(row.child), now=NOW)),
    ("collecting.lift_bar", Collector, {"barred_at__isnull": False}, lambda row:
        collecting.lift_bar(collector=row, reason="-", by=guardian_of(row.child), now=NOW)),
    ("days_off.lock_sessions", Session, {}, lambda row: days_off.lock_sessions(
        row.zone_days.values_list("occasion", flat=True))),
    ("enrolling._lock_guardian", Resident, {}, lambda row: enrolling._lock_guardian(row)),
    ("guardian_messages.write_message", GuardianRight, {}, lambda row:
        guardian_messages.write_message(
            session=Session.objects.get(), enrolment=enrolment_of(row.child), right=row,
            what="late_15", text="", now=NOW)),
    ("hand_over.let_walk_home", WalkHomePermission, {}, lambda row: hand_over.let_walk_home(
        session=Session.objects.get(), child=row.child_id, permission=row, **DONE)),
    ("invitations.take_back_invitation", GuardianInvitation, {}, lambda row:
        guardian_invitations.take_back_invitation(
            invitation=row, by=guardian_of(row.child), now=NOW)),
    ("invitations._lock", GuardianInvitation, {}, lambda row: guardian_invitations._lock(
        row, row.invited.account)),
    ("passes.use_pass", CollectorPass, {}, lambda row: passes.use_pass(
        child=row.child, day=row.day, code="1", **DONE)),
    ("presence._check_zone_has_place", Zone, {}, lambda row: presence._check_zone_has_place(
        row.term.sessions.get(), row)),
    ("presence._rows", Presence, {}, lambda row: presence._rows(
        row.session, row.child_id).get()),
    ("second_enrolments._lock", SecondEnrolment, {}, lambda row: second_enrolments._lock(row.pk)),
    ("sessions._lock", Session, {}, lambda row: sessions._lock(row)),
    ("staffing._lock_term", Activity, {"term__isnull": False}, lambda row: staffing._lock_term(
        row.term.zones.first())),
    ("staffing._lock_days", Occasion, {"zone_day__isnull": False}, lambda row:
        staffing._lock_days(row.zone_day.zone, [1], NOW)),
    ("term_days.hold_makeup_day", Activity, {"term__isnull": False}, lambda row:
        term_days.hold_makeup_day(term=row.term, day=TODAY, weekday=1, **DONE)),
    ("terms.announce_term", Activity, {"term__isnull": False}, lambda row: terms.announce_term(
        term=row.term, **DONE)),
    ("whereabouts._answer", GuardianRight, {}, lambda row: whereabouts._answer(
        Session.objects.get(), enrolment_of(row.child), row.guardian, "coming", "page", NOW)),
]  # fmt: skip

OF_THE_SQUARE: list[Line] = [
    ("applications._lock", GroupApplication, {}, lambda row: applications._lock(row.pk)),
    ("complaints.join", Finding, {}, lambda row: complaints.join(
        complaint=Complaint(), finding=row, by=None)),
    ("complaints.locked_complaint", Complaint, {}, lambda row: complaints.locked_complaint(row)),
    ("counting.count", MeetUp, {}, lambda row: counting.count(
        meet_up=row, came=[], guests=0, **DONE)),
    ("dates.lock_groups", Activity, {}, lambda row: dates.lock_groups([row.pk])),
    ("entries.complete", MemberEntry, {"is_for_staff": True}, lambda row: entries.complete(
        entry=row, **DONE)),
    ("entries.take_back", MemberEntry, {}, lambda row: entries.take_back(entry=row, **DONE)),
    ("festival_invitations.answer", FestivalInvitation, {}, lambda row:
        festival_invitations.answer(invitation=row, takes_part=True, word="", **DONE)),
    ("festival_invitations.withdraw", FestivalInvitation, {}, lambda row:
        festival_invitations.withdraw(invitation=row, **DONE)),
    ("findings.enter_visit", Group, {}, lambda row: findings.enter_visit(
        group=row, sheet=uuid4(), in_order=[], found=[], **DONE)),
    ("findings._locked", Finding, {}, lambda row: findings._locked(row)),
]  # fmt: skip

SAID_IT = asking.Said("studying")
OF_THE_BASE: list[Line] = [
    ("asking.answer", StudyQuestion, {}, lambda row: asking.answer(
        question=row, said=SAID_IT, own=None, **DONE)),
    ("campaign.copy_year", SchemeYear, {}, lambda row: campaign.copy_year(
        year=row.year, **DONE)),
    ("dwellings.merge", Dwelling, {}, lambda row: dwellings.merge(
        gone=row, kept=Dwelling.objects.latest("pk"), **SAID)),
    ("enterprise_offers.take_out", EnterpriseOffer, {}, lambda row: enterprise_offers.take_out(
        offer=row)),
    ("enterprise_offers.interest", EnterpriseOffer, {}, lambda row: enterprise_offers.interest(
        offer=row, resident=None, **DONE)),
    ("enterprise_offers.answer", OfferInterest, {}, lambda row: enterprise_offers.answer(
        interest=row, taken=True, **DONE)),
    ("enterprises.lock_allotment: year", SchemeYear, {"allotments__isnull": False}, lambda row:
        enterprises.lock_allotment(row.allotments.first().pk)),
    ("enterprises.lock_allotment", Allotment, {}, lambda row: enterprises.lock_allotment(row.pk)),
    ("enterprises._lock_year", SchemeYear, {}, lambda row: enterprises._lock_year(row.pk)),
    ("grants.award", GrantFund, {}, lambda row: grants.award(
        fund=row, applications=[], amount=Decimal(1), on=TODAY, **DONE)),
    ("grants._lock_fund", GrantFund, {}, lambda row: grants._lock_fund(row.awards.first())),
    ("grants.lock_awards", Award, {}, lambda row: grants.lock_awards([row])),
    ("mobilising.note_visit", Resident, {}, lambda row: mobilising.note_visit(
        year=SchemeYear.objects.first(), person=row, outcome="interested", seen=0, **DONE)),
    ("mobilising.take_back", Resident, {}, lambda row: mobilising.take_back(
        visit=Visit(person=row), **DONE)),
    ("nominations._own", Application, {"state": "submitted"}, lambda row: nominations._own(
        row.person, row.year)),
    ("nominations._lock", Nomination, {}, lambda row: nominations._lock(row)),
    ("objections.decide", Objection, {}, lambda row: objections.decide(
        objection=row, upheld=True, answer="-", **DONE)),
    ("places.lock_year", SchemeYear, {"intakes__applications__isnull": False}, lambda row:
        places.lock_year(row.intakes.exclude(applications=None).first().applications.first())),
    ("places.lock_class: year", SchemeYear, {"intakes__isnull": False}, lambda row:
        places.lock_class(row.intakes.first())),
    ("places.lock_class", Intake, {}, lambda row: places.lock_class(row)),
    ("places.lock_all: year", SchemeYear, {"intakes__applications__isnull": False}, lambda row:
        places.lock_all([row.intakes.exclude(applications=None).first().applications.first().pk])),
    ("places.lock_all", Application, {}, lambda row: places.lock_all([row.pk])),
    ("ranking.rank", Application, {"state": "interviewed"}, lambda row: ranking.rank(
        intake=row.intake, **DONE)),
    ("steps.lock_application", Application, {}, lambda row: steps.lock_application(row.pk)),
]  # fmt: skip
LINES = [*OF_THE_SCHOOL, *OF_AFTERNOONS, *OF_THE_SQUARE, *OF_THE_BASE]
