"""The pages that show most, as parts of the lecture list's time: "my page", the desk, and those of
an afternoon of 120 children."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.common.days import local_day, local_now
from tests.bench.compare import Speed, side_by_side, speed
from tests.bench.databases import analyse, copy
from tests.bench.figures import Figure
from tests.bench.pages import LIST
from tests.bench.season import CSRF_SECRET, add_lectures, add_people, signed_in_at_portal
from tests.bench.servers import PORTAL, Server, served
from tests.support.full_afternoons import full_afternoon
from tests.support.rush import get, once

VIEWS = 60  # of a page in one round
CHILDREN = 120
SEATS = 3  # of whoever opens "my page"
# What the time may be, of the list's; what is shown on a tablet is asked for every half minute.
AT_MOST = {"my_page": 2.5, "desk": 2, "afternoon": 3, "still_here": 3, "sheet": 3}


def figures() -> Iterator[Figure]:
    with copy("heavy") as database:
        lectures = add_lectures(30)
        [person] = add_people(1)
        _take_seats(person.resident, lectures[:SEATS])
        staff, session = _staff()
        afternoon = full_afternoon(CHILDREN, CHILDREN, staff, _weekday(local_now())).pk
        analyse()
        paths = {
            "my_page": (reverse("portal:my_page"), person.portal_session),
            "desk": (reverse("portal:desk"), session),
            "afternoon": (reverse("after_school:session", args=[afternoon]), session),
            "still_here": (reverse("after_school:still_here", args=[afternoon]), session),
            "sheet": (reverse("after_school:session_sheet", args=[afternoon]), session),
        }
        with served(PORTAL, database) as server:
            for name, (path, reader) in paths.items():
                yield from _of_the_list(server, name, path, reader)


def _of_the_list(server: Server, name: str, path: str, session: str) -> Iterator[Figure]:
    found = side_by_side(lambda: _views(server, LIST), lambda: _views(server, path, session))
    yield Figure.of(f"{name}_time_of_the_list", found.rate, at_most=AT_MOST[name])
    yield Figure.of(f"{name}_cpu_of_the_list", found.cpu.inverse)


def _views(server: Server, path: str, session: str = "") -> Speed:
    request = get(path, {"sessionid": session, "csrftoken": CSRF_SECRET} if session else None)
    return speed(server, [once(request) for _n in range(VIEWS)], {200})


def _take_seats(resident: int, lectures: list[int]) -> None:
    now = local_now()
    SignUp.objects.bulk_create(
        SignUp(
            activity_id=pk, resident_id=resident, status="seated", signed_up_at=now, seated_at=now
        )
        for pk in lectures
    )
    Activity.objects.filter(pk__in=lectures).update(taken=1)


def _staff() -> tuple[User, str]:
    """Somebody of the staff, and their session."""
    staff = User.objects.create_user("15600000001", display_name="社区工作人员")
    RoleGrant.objects.create(user=staff, role=Role.STAFF)
    [session] = signed_in_at_portal([staff])
    return staff, session


def _weekday(now: datetime) -> datetime:
    """The same time of the last day on which there is school."""
    return now - timedelta(days=max(0, local_day(now).isoweekday() - 5))
