"""Whose application is whose, and who hears of it."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import family_ids, person_of
from diedie_edu.people.rules.ages import last_birth_date
from edu_base.models import Application, ApplicationDocument, Intake, Scheme, State, Step
from edu_base.models.schemes import PROGRAMME
from edu_base.models.states import ENDED, STUDENTS
from edu_base.rules import applying as rules
from edu_base.rules.ages import OF_AGE
from edu_base.rules.guardians import guardian_acts

# Ten tables in one statement are planned for longer than they are read.
WITH_FACTS = ("intake", "person__account", "guardian__account")
WITH_THEM = ("intake__college", "major", "agreed_text", "interview")


def intakes_of(year: int) -> QuerySet[Intake]:
    rows = Intake.objects.filter(year=year).select_related("college")
    return rows.prefetch_related("criteria").order_by("scheme", "id")


def open_intakes(today: date, scheme: str = Scheme.HOUSEHOLDS) -> QuerySet[Intake]:
    """Classes of a scheme that take applications on this day."""
    found = Intake.objects.filter(scheme=scheme, opens_on__lte=today, closes_on__gte=today)
    return found.select_related("college").prefetch_related("criteria").order_by("-scheme", "id")


def shown_year(today: date) -> int | None:
    """The year whose classes residents read about: of those to come the first, else the last."""
    rows = Intake.objects.order_by("closes_on").values_list("year", flat=True)
    ahead = rows.filter(closes_on__gte=today).first()
    return ahead if ahead is not None else rows.last()


def guarded(today: date) -> Q:
    """Where the guardian of an application acts: `rules.guardians.guardian_acts` as a condition."""
    minor = Q(person__birth_date__gt=last_birth_date(OF_AGE, today))
    return Q(guardian__isnull=False) & (minor | Q(guardian_stays=True))


def own_applications(user: User, today: date) -> QuerySet[Application]:
    """Those of an account, and those in which it acts as a guardian, newest first."""
    as_guardian = Q(guardian__account=user) & guarded(today)
    found = Application.objects.filter(Q(person__account=user) | as_guardian)
    return found.select_related(*WITH_FACTS).prefetch_related(*WITH_THEM)


def concern(account: int) -> QuerySet[Application]:
    """Of the people for whom an account (its id) acts, and those whose guardians they are."""
    family = Resident.objects.filter(pk__in=family_ids(account)).values("pk")
    return Application.objects.filter(Q(person__in=family) | Q(guardian__in=family))


def open_to(user: User, today: date) -> QuerySet[Application]:
    """The same, and for staff who keep applications those that came on paper."""
    found = own_applications(user, today)
    if user.may(Permission.KEEP_APPLICANTS, PROGRAMME):
        paper = Application.objects.filter(origin=Application.Origin.PAPER)
        found |= paper.select_related(*WITH_FACTS)
    return found


def acting_in(application: Application, user: User, today: date) -> Step.Acting:
    """As whom an account acts in one of `open_to`."""
    own = person_of(user)
    return rules.acting_of(application, own, today) or Step.Acting.STAFF


def hearers(application: Application, today: date) -> list[Resident]:
    """Whom to tell of it: the applicant, and the guardian while one acts. A minor without a phone
    or an account hears through the guardian."""
    person, guardian = application.person, application.guardian
    acting = guardian if guardian_acts(application, today) else None
    reached = person is not None and (person.account_id or person.phone or not acting)
    return [row for row in (person if reached else None, acting) if row is not None]


def history(application: Application) -> QuerySet[Step]:
    """Newest first."""
    return application.steps.select_related("by").order_by("-number")


def documents_of(application: Application) -> QuerySet[ApplicationDocument]:
    return application.documents.select_related("file")


def turning_of_age(first: date, last: date) -> QuerySet[Application]:
    """Live applications with a guardian whose applicants turn 18 between these days."""
    born = Q(
        person__birth_date__gt=last_birth_date(OF_AGE, first),
        person__birth_date__lte=last_birth_date(OF_AGE, last),
    )
    found = Application.objects.filter(born, guardian__isnull=False, guardian_stays=False)
    return found.exclude(state__in=[*ENDED, State.GRADUATED, State.LEFT]).select_related(
        "intake", "person", "guardian"
    )


# --- Whose day has come ----------------------------------------------------------------


def ended_before(moment: datetime) -> QuerySet[Application]:
    return Application.objects.filter(state__in=ENDED, state_since__lt=moment, erased_at=None)


def with_papers_reported_before(moment: datetime) -> QuerySet[Application]:
    """Students who have papers left, long after they reported."""
    reported = Step.objects.filter(state=State.REPORTED, at__lt=moment)
    found = Application.objects.filter(state__in=STUDENTS, pk__in=reported.values("application"))
    papers = ApplicationDocument.objects.filter(application=OuterRef("pk"))
    return found.filter(Exists(papers))


def drafts_closed_before(day: date) -> QuerySet[Application]:
    return Application.objects.filter(state=State.DRAFT, last_step=0, intake__closes_on__lt=day)
