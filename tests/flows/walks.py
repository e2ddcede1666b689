"""Which pages there are, and who opens them: addresses, and walks where a page follows a button."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page

from after_school.demo.school import GUARDIAN
from after_school.models import Enrolment, GuardianRight, Session, Term
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Attendance, Occasion, SignUp
from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.links import token
from diedie_edu.decisions.models import Request
from diedie_edu.door.queries import attendance
from diedie_edu.notices.models import Notice
from diedie_edu.notices.queries import calls
from diedie_edu.people.models import Resident
from diedie_edu.portal.demo.accounts import sign_ins
from diedie_edu.volunteering.models import Certificate, Duty
from edu_base.demo.loading import APPLICANT
from happy_square.models import Group
from residents_school.models import Invitation, Survey
from residents_school.queries import lectures
from tests.flows.base_pages import applying, base_desk
from tests.support.browser import press

PHONES = {row.role: row.phone for row in reversed(sign_ins())}
PUBLIC = [
    "/",
    "/lectures/",
    "/lectures/?q=nothing-like-it",
    "/programmes/residents-school/",
    "/sign-in/",
    "/sign-in/code/",
    "/sign-in/forgotten/",
    "/register/",
    "/privacy/",
    "/needs/",
    "/kiosk/",
    "/door/nothing/",
    "/certificates/",
    "/certificates/DDX-2026-000001-K7M4PQ/",
    "/hours/",
    "/groups/",
    "/groups/find/",
    "/square/complaints/",
    "/square/growth/",
    "/festivals/",
    "/education/",
    "/education/announcements/",
    "/education/tell-me/",
    "/no-such-page/",
]
RESIDENT = ["/", "/lectures/", "/me/", "/messages/", "/me/details/", "/me/password/"]
RESIDENT += ["/needs/", "/desk/", "/me/learning/"]
STAFF = [
    "/desk/",
    "/lectures/staff/",
    "/lectures/staff/?when=past",
    "/lectures/staff/new/",
    "/messages/delivery/",
    "/messages/calls/",
    "/lectures/staff/season/new/",
    "/activities/days/",
    "/activities/days/2030-01-05/closed/",
    "/desk/needs/",
    "/desk/needs/surveys/",
    "/desk/needs/surveys/new/",
    "/desk/not-come/",
    "/desk/feedback/",
    "/desk/certificates/",
    "/desk/decisions/",
    "/desk/decisions/?decided",
    "/desk/decisions/deputies/",
    "/desk/hours/",
    "/jobs/",
    "/desk/hours/?when=confirmed",
    "/people/",
    "/people/new/",
    "/desk/square/guidance/",
    "/desk/square/complaints/",
    "/festivals/staff/",
    "/rooms/requests/",
    "/rooms/requests/new/",
    "/rooms/claim/",
    "/rooms/empty/",
    "/style/",
    "/me/",
    "/messages/",
]


def pages_by_reader() -> Iterator[tuple[str | None, list[str]]]:
    """Addresses by the phone of who opens them, nobody's first."""
    lecture, full = (row.pk for row in lectures.next_lectures(local_now(), 2))
    over, running = Survey.objects.order_by("opens_on").values_list("pk", flat=True)
    came = Attendance.objects.filter(resident__account__phone=PHONES[Role.RESIDENT]).first()
    yield None, [*PUBLIC, f"/lectures/{lecture}/", *_of_surveys(over, running), *_by_links(full)]
    yield PHONES[Role.RESIDENT], [*RESIDENT, f"/needs/{running}/", *_own(lecture, full, came)]
    yield (
        PHONES[Role.VOLUNTEER],
        [
            *("/me/volunteering/", "/me/learning/", "/me/hours/", "/school/duties/"),
            f"/lectures/{lecture}/speaker/",
        ],
    )
    yield GUARDIAN.phone, _school()
    yield APPLICANT.phone, applying()
    yield PHONES[Role.GROUP_LEADER], _led()
    yield (
        PHONES[Role.STAFF],
        [*STAFF, *_school_desk(), *base_desk(), *_staff(lecture, full, running, came)],
    )
    yield PHONES[Role.BRANCH_LEAD], _school_lists()


def _of_surveys(over: int, running: int) -> list[str]:
    found = [f"/needs/{over}/results/{by}" for by in ("", "?by=age", "?by=form")]
    return [f"/needs/{running}/", f"/needs/{over}/", f"/needs/{running}/results/", *found]


def _by_links(full: int) -> list[str]:
    """A place and an invitation in every state, as their messages open them; every proof."""
    rows = SignUp.objects.filter(activity=full).order_by("status", "-party", "pk")
    places = [token("sign_up", row.pk) for row in rows.distinct("status")]
    asked = [token("invitation", row.pk) for row in Invitation.objects.all()]
    proofs = Certificate.objects.filter(kind="service").values_list("number", flat=True)
    return [
        *(f"/activities/place/{one}/" for one in [*places, "forged"]),
        *(f"/lectures/invitations/{one}/" for one in asked),
        *(f"/certificates/{one}/" for one in proofs),
    ]


def _own(lecture: int, full: int, came: Attendance) -> list[str]:
    message = Notice.objects.filter(recipient=came.resident, channel="inbox").first()
    paper = came.resident.certificates.get()
    seat = Occasion.objects.get(activity=lecture)
    request = Request.objects.get(asked_by=came.resident.account).pk
    return [
        *(f"/lectures/{lecture}/", f"/lectures/{full}/", f"/messages/{message.pk}/"),
        *(f"/me/tickets/{seat.pk}/", f"/me/certificates/{paper.pk}/"),
        *(f"/feedback/{token('feedback', came.pk)}/", f"/certificates/{paper.number}/"),
        *("/my/requests/", *(f"/my/requests/{request}/{page}" for page in ("", "withdraw/"))),
    ]


def _staff(lecture: int, full: int, survey: int, came: Attendance) -> list[str]:
    pages = ("", "sheet/", "call-off/", "speakers/", "materials/")
    coming = Occasion.objects.get(activity=lecture).pk
    return [
        *(f"/lectures/staff/{lecture}/{page}" for page in pages),
        *(f"/desk/needs/surveys/{survey}/{page}" for page in ("", "paper/", "sheet/")),
        *(f"/activities/{full}/people/", f"/needs/{survey}/results/"),
        *(f"/desk/door/{coming}/{page}" for page in ("", "sheet/", "scan/", "feedback/")),
        *(f"/desk/door/{came.occasion_id}/{page}" for page in ("", "sheet/", "feedback/")),
        f"/desk/certificates/{came.resident.certificates.get().pk}/revoke/",
        *(f"/desk/decisions/{row.pk}/" for row in Request.objects.all()),
        f"/messages/calls/{calls.lines({EVERYWHERE}, local_now())[0].notice.pk}/",
    ]


def _led() -> list[str]:
    """Of a group, as its leader opens them, beyond its dates."""
    group = Group.objects.get(
        leaderships__resident__account__phone=PHONES[Role.GROUP_LEADER],
        leaderships__ended_at=None,
    )
    pages = ("", "poster/", "details/", "pictures/", "leader/", "standing/", "findings/")
    return [f"/groups/{group.pk}/{page}" for page in pages]


def _school() -> list[str]:
    """Of the 4:30 school, as the guardian of a child opens them."""
    child = GuardianRight.objects.get(guardian__account__phone=GUARDIAN.phone).child_id
    term = Term.objects.get(state="published").pk
    own = ("", "absence/", "place/", "leave/", "consent/", "consent/withdraw/", "guardians/")
    collecting = ("collectors/", "passes/new/", "walk-home/")
    return [
        *("/me/", "/school/", "/school/rules/", "/school/rules/poster/"),
        *(f"/school/terms/{term}/{page}/" for page in ("enrol", "no")),
        *(f"/school/children/{child}/{page}" for page in (*own, *collecting)),
    ]


def _school_desk() -> list[str]:
    """Of the 4:30 school, as staff open them."""
    term, child = Term.objects.get(state="published").pk, Enrolment.objects.first().child_id
    draft = Term.objects.get(state="draft").pk
    pages = ("", "new/", f"{term}/", f"{term}/change/", f"{term}/children/", f"{term}/paper/")
    day = f"/desk/school/sessions/{_last_day()}"
    return [
        *(f"/desk/school/terms/{page}" for page in (*pages, f"{draft}/delete/")),
        *(f"/desk/school/children/{child}/", "/desk/school/roster/", f"{day}/", f"{day}/sheet/"),
        *("/people/new/?kind=pupils", "/desk/school/clearances/", *_next_afternoon(child)),
    ]


def _next_afternoon(child: int) -> list[str]:
    """Its pages for staff, and a slot that is taken and one that is free."""
    session = Session.objects.filter(day__gte=local_day(local_now())).earliest("day").pk
    slots = Duty.objects.filter(occasion__zone_day__session=session).order_by("volunteer", "pk")
    pages = (
        *("", "close/", "still-here/", "duties/", "call-off/", "hold-again/"),
        f"children/{child}/",
    )
    return [
        *(f"/desk/school/sessions/{session}/{page}" for page in pages),
        *(f"/desk/school/duties/{slot.pk}/" for slot in (slots.first(), slots.last())),
    ]


def _school_lists() -> list[str]:
    """The whole lists of the 4:30 school, as a lead asks for them."""
    term = Term.objects.get(state="published").pk
    terms = [f"/desk/school/terms/{term}/children/{page}" for page in ("", "list/")]
    return [*terms, f"/desk/school/sessions/{_last_day()}/list/"]


def _last_day() -> int:
    return Session.objects.exclude(state=Session.State.PLANNED).latest("day").pk


def walk_the_door(page: Page, full: Occasion, look: Callable[[str], None]) -> None:
    """An hour at the door of a full lecture: `look(name)` is called on each page.

    Whoever signed in on `page` keeps the register; at the end the page is a kiosk put away.
    """
    guests = Resident.objects.filter(sign_ups__activity=full.activity, sign_ups__status="seated")
    first, second = guests.order_by("pk")[:2]
    here = f"/desk/door/{full.pk}/"
    page.goto(here)
    look("door")
    _find(page, first.full_name)
    look("door-found")
    _find(page, "苏大暑")
    look("door-newcomer")
    _enter_newcomer(page)
    look("door-beyond")
    press(page.get_by_role("button", name="场地还能加座"))
    look("door-let-in")
    _tickets(page, full, first, look)
    for name in ("sheet", "scan"):
        page.goto(f"{here}{name}/")
        look(f"door-{name}")
    page.locator("input[name=ticket]").fill("000000")
    press(page.get_by_role("button", name="签到"))
    look("door-scan-unknown")
    page.goto(here)
    press(page.get_by_role("button", name="改作自助签到机"))
    look("kiosk")
    for words, digits in (("short", "12"), ("unknown", "000000")):
        _type(page, digits)
        look(f"kiosk-{words}")
    _type(page, attendance.ticket_code(full.pk, second.pk))
    look("kiosk-welcome")
    press(page.get_by_role("link", name="下一位"))
    press(page.get_by_role("link", name="收起签到机"))
    look("kiosk-away")
    press(page.get_by_role("button", name="收起"))


def _find(page: Page, words: str) -> None:
    """By the door's own search: the bar of staff has one for the whole register."""
    page.locator("main input[name=words]").fill(words)
    press(page.locator("main").get_by_role("button", name="查找"))


def _enter_newcomer(page: Page) -> None:
    page.get_by_label("满14周岁", exact=True).check()
    press(page.get_by_role("button", name="登记并签到"))


def _tickets(page: Page, full: Occasion, guest: Resident, look: Callable[[str], None]) -> None:
    ticket = f"/door/{attendance.ticket_of(full.pk, guest.pk)}/"
    page.goto(ticket)
    look("ticket-good")
    press(page.get_by_role("button", name="签到"))
    page.goto(ticket)
    look("ticket-used")
    page.goto("/door/1-2-00000000000000000000000f/")
    look("ticket-forged")


def _type(page: Page, digits: str) -> None:
    page.locator("input[name=digits]").fill(digits)
    press(page.get_by_role("button", name="完成"))
