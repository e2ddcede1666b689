"""The year that lies behind in the demo season, from July to the grants of autumn."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import NAMESPACE_OID, uuid5

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, moment
from diedie_edu.people.models import Resident
from edu_base.actions import announcing, earlier, grants, mobilising, objections, offers, proposing
from edu_base.actions.dwellings import Seen
from edu_base.demo import choosing
from edu_base.demo.applicants import Facts, Stage, apply
from edu_base.demo.choosing import DAY
from edu_base.demo.dream import nominate
from edu_base.models import (
    Application,
    College,
    Dwelling,
    Fact,
    Intake,
    Objection,
    Scheme,
    SchemeYear,
    State,
    Step,
    Visit,
)
from edu_base.plan_data import load_schemes

PLACES = {"five": 3, "college": 4, "dream": 4}  # fewer than the plan's, so that some are reserves


def play_year(stage: Stage, year: int, lead: User, now: datetime) -> None:
    _add_earlier(stage, year, now)
    five, college = Intake.objects.filter(scheme=Scheme.HOUSEHOLDS, year=year).order_by("pk")
    dream = Intake.objects.get(scheme=Scheme.DREAM, year=year)
    made = _add_college(stage)
    for intake in (five, college, dream):
        Intake.objects.filter(pk=intake.pk).update(college=made)
        intake.majors.set(made.majors.all())
        choosing.set_criteria(stage.facts, intake, now)
    _visit(year, stage.staff)
    july = moment(date(year, 7, 12), time(10))
    marks = {
        five: _applied(stage, five, "five_years", july),
        college: _applied(stage, college, "college_class", july),
        dream: nominate(stage, dream, july + 30 * DAY),
    }
    for intake, number in zip(marks, PLACES.values(), strict=True):
        _to_college(stage, intake, marks[intake], number, lead)
    _move_up(stage, college, lead, now)
    _award(stage, year, lead)


def _add_college(stage: Stage) -> College:
    facts = stage.facts["college"]
    college = College.objects.create(title_zh=facts["title_zh"], title_en=facts["title_en"])
    for title, english in facts["majors"]:
        college.majors.create(title_zh=title, title_en=english)
    return college


def _applied(stage: Stage, intake: Intake, name: str, at: datetime) -> dict[Application, int]:
    """One every four days, with the marks that each will get."""
    rows = enumerate(stage.facts[name])
    return {
        apply(stage, intake, who, years, at + place * 4 * DAY): mark
        for place, (who, years, mark) in rows
    }


def _to_college(
    stage: Stage, intake: Intake, marks: dict[Application, int], number: int, lead: User
) -> None:
    """Until all but the last have reported; that one does not come, and the first reserve hears."""
    at = moment(date(intake.year, 9, 1), time(9))
    choosing.rank(intake, marks, stage.staff, at)
    choosing.propose(intake, number, stage.staff, at + 5 * DAY)
    over = choosing.announce(intake, stage.staff, at + 6 * DAY)
    _object(stage, intake, lead, at + 8 * DAY)
    choosing.confirm(intake, f"叠党纪〔{intake.year}〕9号", lead, over)
    admitted = choosing.admit(intake, stage.staff, over + 5 * DAY)
    for row in admitted:
        announcing.report(application=row, by=stage.staff, now=over + 10 * DAY)


def _object(stage: Stage, intake: Intake, lead: User, at: datetime) -> None:
    """To one of the Dream class, by telephone; the lead, who marked nobody, finds nothing in it."""
    if intake.scheme != Scheme.DREAM:
        return
    [*_others, last] = Application.objects.filter(intake=intake, state=State.ANNOUNCED)
    told = objections.Told(last, "街坊", stage.facts["objection"])
    row = objections.enter(
        told=told,
        way=Objection.Way.PHONE,
        received_on=local_day(at),
        sheet=uuid5(NAMESPACE_OID, "objection of the demo season"),
        language="zh-hans",
        by=stage.staff,
        now=at,
    )
    answer = stage.facts["objection_answer"]
    objections.decide(objection=row, upheld=False, answer=answer, by=lead, now=at + DAY)


def _move_up(stage: Stage, intake: Intake, lead: User, now: datetime) -> None:
    """A place more was given to the class in autumn: the first reserve has said yes, and stands in
    public today."""
    at = now - 6 * DAY
    proposing.offer_next(intake=intake, now=at)
    row = Application.objects.get(intake=intake, state=State.OFFERED)
    who: Facts = {"by": None, "acting": Step.Acting.LINK}
    offers.answer(application=row, step=row.last_step, takes_it=True, now=at + DAY, **who)
    choosing.announce(intake, stage.staff, now)


def _award(stage: Stage, year: int, lead: User) -> None:
    """To all students of the year; one was away, and the mother signed."""
    day = date(year, 10, 20)
    at = moment(day, time(15))
    for scheme, title, english, total, amount, document in stage.facts["grants"]:
        fund = grants.set_up(
            by=lead,
            now=at,
            title_zh=title,
            title_en=english,
            year=year,
            scheme=scheme,
            total=Decimal(total),
            amount=Decimal(amount),
            document=document.format(year=year),
            approved_on=day - timedelta(days=20),
        )
        students = Application.objects.filter(scheme=scheme, year=year, state=State.REPORTED)
        about: Facts = {
            "applications": list(students.order_by("rank", "pk")),
            "amount": Decimal(amount),
        }
        awards = grants.award(fund=fund, **about, on=day, by=lead, now=at)
        steps: Facts = {"by": stage.staff, "now": at + DAY}
        grants.record(awards=awards, fact=Fact.ANNOUNCED, told=grants.Told(day), **steps)
        first, *others = awards
        proxy = grants.Told(day, proxy="贺大寒", proxy_is="母亲")
        grants.record(awards=[first], fact=Fact.SIGNED, told=proxy, **steps)
        grants.record(awards=others[:-1], fact=Fact.SIGNED, told=grants.Told(day), **steps)
        paid = grants.Told(day + DAY, "10 月第 3 批")
        grants.record(awards=others[:-1], fact=Fact.PAID, told=paid, **steps)


def _add_earlier(stage: Stage, year: int, now: datetime) -> None:
    """Students of the years before the portal, from the list of then."""
    for name, state, head, back in stage.facts["earlier"]:
        if not SchemeYear.objects.filter(year=year - back).exists():
            load_schemes(year - back)
        intake = Intake.objects.filter(scheme=Scheme.HOUSEHOLDS, year=year - back).latest("pk")
        address = f"榕树街 {10 + back} 号"
        told = earlier.EarlierStudent(
            full_name=name,
            phone=f"1380009{1000 + len(name) + back:04d}",
            birth_date=None,
            intake=intake,
            state=state,
            since=date(year - back, 9, 1),
            seen=Seen(Dwelling.Proof.EARLIER, f"{head}@{address}{name[0]}", ""),
        )
        earlier.add_student(told=told, by=stage.staff, now=now)


def _visit(year: int, staff: User) -> None:
    """Young people of the register, in July; some were not at home the first time."""
    of_year = SchemeYear.objects.get(scheme=Scheme.HOUSEHOLDS, year=year)
    born = {"birth_date__year__gte": year - 25, "birth_date__year__lte": year - 18}
    at = moment(date(year, 7, 4), time(19))
    taps = [tap for tap in Visit.Outcome if tap != Visit.Outcome.TAKEN_BACK]
    people = Resident.objects.filter(**born).order_by("pk")[:14]
    for place, person in enumerate(people):
        note: Facts = {"year": of_year, "person": person, "by": staff}
        when = at + place % 6 * DAY
        seen = 0
        if place % 3 == 0:
            first = mobilising.note_visit(outcome=Visit.Outcome.NOT_MET, seen=0, now=when, **note)
            seen = first.pk
        outcome = taps[place % len(taps)]
        mobilising.note_visit(outcome=outcome, seen=seen, now=when + 2 * DAY, **note)
