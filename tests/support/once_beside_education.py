"""The lines of `once_beside` about classes, places, grants and enterprises; rooms and imports."""

from datetime import timedelta

from diedie_edu.lists.actions import imports
from diedie_edu.lists.models import ImportJob
from diedie_edu.venues.models import RoomRequest
from edu_base.actions import announcing, enterprises, forgetting, grants, ranking
from edu_base.models import (
    Allotment,
    Application,
    Award,
    Fact,
    GrantFact,
    Intake,
    Listing,
    Objection,
    SchemeYear,
    State,
    Step,
)
from happy_square.actions import standing
from happy_square.models import Group, WeeklyTime
from tests.conftest import NOW
from tests.support.access_places import make_objection
from tests.support.dream import make_allotment, make_enterprise
from tests.support.education import make_application, make_year, walk
from tests.support.grants import award, make_fund
from tests.support.groups import make_group, weekly
from tests.support.once import DAY, another, staff
from tests.support.once_beside import Changes, Line

YESTERDAY = NOW.date() - DAY


def households() -> Intake:
    return Intake.objects.filter(scheme="households", announcements=None).earliest("pk")


def gave_up(intake: Intake, rank: int) -> Application:
    """Ranked, and withdrawn then."""
    row = make_application(staff(), intake, State.RANKED)
    Application.objects.filter(pk=row.pk).update(rank=rank)
    walk(row, State.WITHDRAWN, staff())
    return row


def still_ranked(intake: Intake) -> Application:
    row = make_application(staff(), intake, State.RANKED)
    Application.objects.filter(pk=row.pk).update(rank=8)
    return row


def unused() -> Allotment:
    row = Allotment.objects.earliest("pk")
    SchemeYear.objects.filter(pk=row.scheme_year_id).update(allotments_end_on=YESTERDAY)
    return row


def of_another_year(row: Allotment) -> Allotment:
    year = make_year("dream", year=row.scheme_year.year + 5)
    return make_allotment(staff(), 2, year, make_enterprise())


def signed(intake: Intake) -> GrantFact:
    """By somebody for the student."""
    student = make_application(staff(), intake, State.STUDYING)
    fund = make_fund(title_zh=f"助学金{student.pk}", year=intake.year)
    made: Award = award(fund, student, staff(), Fact.ANNOUNCED)
    told = {"fact": "signed", "on": NOW.date(), "at": NOW, "by": staff()}
    return GrantFact.objects.create(award=made, proxy="缪某", proxy_is="母亲", **told)


def listing() -> Listing:
    Objection.objects.update(
        upheld=False, decided_at=NOW - DAY, decided_by=staff(), answer="属实", made_at=NOW - DAY
    )
    return Listing.objects.earliest("pk")


def listing_beside(row: Listing) -> Listing:
    make_objection(households(), staff())
    return Listing.objects.latest("pk")


def resolve(row: Listing, now: object) -> None:
    later = NOW + 30 * DAY
    resolved = announcing.Resolved(later.date(), "〔2026〕9号", [row.application_id], {})
    announcing.resolve(intake=row.application.intake, resolved=resolved, by=staff(), now=later)


def explained() -> Step:
    row = make_application(staff(), households(), State.SUBMITTED)
    walk(row, State.MORE_ASKED, staff())
    Step.objects.filter(application=row).update(reason="缺材料")
    return row.steps.latest("pk")


def asked_in_vain() -> WeeklyTime:
    request = another(RoomRequest.objects.latest("pk"), state="ended")
    group = make_group(standing=Group.Standing.RESTING, standing_reason="暑假")
    WeeklyTime.objects.filter(pk=weekly(group).pk).update(request=request)
    return WeeklyTime.objects.latest("pk")


def asked_for(row: WeeklyTime) -> Changes:
    return {"weekday": 4, "request_id": another(row.request, state="approved").pk}


def faulty() -> ImportJob:
    row = ImportJob.objects.earliest("pk")
    ImportJob.objects.filter(pk=row.pk).update(
        state="cancelled", given=None, ended_at=NOW - timedelta(days=30), faults=[{"x": 1}]
    )
    return ImportJob.objects.get(pk=row.pk)


LINES: list[Line] = [
    ("ranking._to_be_ranked", lambda: gave_up(households(), 7), lambda row: [
        gave_up(Intake.objects.exclude(pk=row.intake_id).filter(
            scheme="households", announcements=None).earliest("pk"), 7),
        still_ranked(row.intake)],
        lambda row, _now: ranking._to_be_ranked(row.intake)),
    ("enterprises.give_back_unused", unused, lambda row: [of_another_year(row)],
        lambda _row, now: enterprises.give_back_unused(now)),
    ("grants.forget_person", lambda: signed(households()), lambda _row: [signed(households())],
        lambda row, now: grants.forget_person(row.award.application.person, now)),
    ("announcing.resolve", listing, lambda row: [listing_beside(row)], resolve),
    ("forgetting.erase_words: steps", explained, lambda _row: [explained()],
        lambda row, now: forgetting.erase_words(application=row.application, now=now)),
    ("standing.go_on", asked_in_vain, lambda row: [asked_for(row)],
        lambda row, now: standing.go_on(group=row.group, by=staff(), now=now, is_staff=True)),
    ("imports.tidy", faulty, lambda _row: [{"ended_at": NOW}],
        lambda _row, now: imports.tidy(now)),
]  # fmt: skip
