"""Everybody who uses the portal in the soak, and what they do."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from random import Random

from django.urls import reverse
from openpyxl import Workbook

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.jobs.actions import asking
from diedie_edu.jobs.models import Job
from diedie_edu.lists.actions.imports import accept_upload, confirm_import
from diedie_edu.lists.models import ImportJob
from diedie_edu.lists.room import EXPORT
from tests.bench.season import CSRF_SECRET, Person, add_lectures, add_people, signed_in_at_portal
from tests.support.rush import Address, Visit, get, once, post, rush

PEOPLE, LECTURES, ROWS = 300, 60, 200
READERS, WALKERS = 12, 6  # of a round
AT_ONCE = 4
PAGES = ["/", "/lectures/", "/calendar/", "/rooms/", "/groups/"]
OF_STAFF = ["/desk/", "/desk/not-come/", "/desk/hours/", "/admin/people/resident/?q=5678"]


class Town:
    """Its people and lectures in a database, and rounds of visits to a server."""

    def __init__(self) -> None:
        self.random, self.files = Random(3), count(1)
        self.people = add_people(PEOPLE)
        self.lectures = add_lectures(LECTURES)
        self.staff = User.objects.create_user("15700000000", display_name="工作人员")
        RoleGrant.objects.create(user=self.staff, role=Role.STAFF)
        [self.session] = signed_in_at_portal([self.staff])
        self.answers: Counter[int] = Counter()

    def round(self, address: Address) -> None:
        """Some read, some sign up, and staff look through their pages."""
        for answer in rush(address, self._visits(), AT_ONCE):
            self.answers[answer.status] += 1

    def _visits(self) -> Iterator[Visit]:
        for _reader in range(READERS):
            yield once(get(self.random.choice(PAGES)))
        for _walker in range(WALKERS):
            yield _walk(self.random.choice(self.people), self.random.choice(self.lectures))
        cookies = {"sessionid": self.session, "csrftoken": CSRF_SECRET}
        yield once(get(self.random.choice(OF_STAFF), cookies))

    def move_lists(self) -> None:
        """A list comes in and one goes out; what has been checked is confirmed."""
        for job in ImportJob.objects.filter(state=Job.State.WAITING):
            confirm_import(job=job, is_sure=True)
        name, content = f"list{next(self.files)}.xlsx", self._list()
        accept_upload(
            kind="residents", file_name=name, content=content, language="en", by=self.staff
        )
        params = {"list": "residents", "number": None, "extension": "xlsx"}
        asking.ask(kind=EXPORT, title="居民", params=params, by=self.staff, language="zh-hans")

    def _list(self) -> bytes:
        workbook, file = Workbook(), BytesIO()
        workbook.active.append(["姓名", "出生日期", "联系电话"])
        for _row in range(ROWS):
            name = "冼" + "".join(self.random.choices("建城秋月丽华志强淑芬", k=2))
            phone = f"137{self.random.randrange(10**8):08}"
            workbook.active.append([name, f"19{self.random.randrange(40, 99)}-05-04", phone])
        workbook.save(file)
        return file.getvalue()


def _walk(person: Person, lecture: int) -> Visit:
    """The lecture's page, the seat, the page again, and what arrived for them."""
    cookies = {"sessionid": person.portal_session, "csrftoken": CSRF_SECRET}
    page = reverse("residents_school:lecture_detail", args=[lecture])
    yield get(page, cookies)
    form = {"csrfmiddlewaretoken": CSRF_SECRET}
    yield post(reverse("activities:sign_up", args=[lecture]), form, cookies)
    yield get(page, cookies)
    yield get(reverse("portal:my_page"), cookies)
