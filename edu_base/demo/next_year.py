"""What is ahead in the demo season: next year's campaign, and a class that is open today."""

from datetime import date, datetime, time, timedelta

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import events
from diedie_edu.common.days import local_day, moment
from diedie_edu.people.models import Resident
from diedie_edu.venues.models import Venue
from edu_base.actions import applying, campaign, mobilising, review
from edu_base.demo.applicants import Facts, Stage, apply
from edu_base.demo.choosing import DAY, set_criteria
from edu_base.models import College, Intake, Milestone, Scheme, SchemeYear, State
from edu_base.plan_data import load_schemes


def prepare(stage: Stage, year: int, lead: User, now: datetime) -> None:
    """Last year's milestones are done, and the next campaign is copied from them."""
    for row in Milestone.objects.filter(year=year):
        campaign.tick(milestone=row, done=True, by=lead, now=now)
    for kind, title, day in stage.facts["events"]:
        _hold(kind, title, moment(date.fromisoformat(f"{year}-{day}"), time(9, 30)), lead)
    if not SchemeYear.objects.filter(year=year + 1).exists():
        if local_day(now).year > year:  # it has begun already
            load_schemes(year + 1)
        else:
            campaign.copy_year(year=year, by=lead, now=now)
    mobilising.leave_phone(
        scheme=Scheme.DREAM, phone="13800062001", address="127.0.0.1", language="zh-hans", now=now
    )


def _hold(kind: str, title: str, starts_at: datetime, lead: User) -> None:
    """In the hall, announced three weeks before."""
    planned = starts_at - 21 * DAY
    hall = Venue.objects.filter(needs_approval=False, places__gt=0).latest("places")
    plan = campaign.CampaignPlan(
        kind=kind,
        title=title,
        summary="",
        introduction="",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        venue=hall,
        capacity=hall.places or 1,
        needs_sign_up=False,
        sign_up_opens_at=planned,
        with_music=False,
    )
    event = campaign.plan_event(plan=plan, by=lead, now=planned)
    events.announce_event(event=event, now=planned)


def open_class(stage: Stage, year: int, account: User, now: datetime) -> None:
    """A college class that begins in spring; the demo applicant has a draft."""
    of_year = SchemeYear.objects.get(scheme=Scheme.HOUSEHOLDS, year=year)
    today = local_day(now)
    intake = Intake.objects.create(
        scheme_year=of_year,
        scheme=of_year.scheme,
        year=year,
        title_zh="春季大专班",
        title_en="College class of spring",
        college=College.objects.first(),
        places=8,
        opens_on=today - 14 * DAY,
        closes_on=today + 45 * DAY,
        min_age=18,
        max_age=25,
        age_counts_on=today + 60 * DAY,
        schoolings=["vocational", "senior"],
        belongings=["registered", "lives"],
        residence_proof="居住证、房产证或租赁合同",
        study_years=3,
    )
    set_criteria(stage.facts, intake, now)
    intake.majors.set(intake.college.majors.all() if intake.college else [])
    for place, (name, years, state) in enumerate(stage.facts["open_class"]):
        made = apply(stage, intake, name, years, now - (10 - place) * DAY)
        if state != State.SUBMITTED:
            reason = "毕业证照片看不清，请重拍一张。" if state == State.MORE_ASKED else ""
            decided: Facts = {"to": State(state), "by": stage.staff, "reason": reason}
            review.decide(application=made, now=now - 2 * DAY, **decided)
    _begin_draft(stage, intake, account, now)


def _begin_draft(stage: Stage, intake: Intake, account: User, now: datetime) -> None:
    person = Resident.objects.create(
        full_name=account.display_name,
        phone=account.phone,
        account=account,
        birth_date=date(intake.year - 20, 3, 20),
    )
    agreement = applying.Agreement(stage.text)
    who: Facts = {"intake": intake, "person": person, "guardian": None, "by": account}
    applying.start(agreement=agreement, now=now - DAY, **who)
