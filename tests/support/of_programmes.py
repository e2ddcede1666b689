"""What staff read of their own programmes and not of others: a line for each list and choice; for
`attacks/test_of_programmes.py`."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import SignUp
from diedie_edu.activities.queries.person import past_of, places_of
from diedie_edu.activities.queries.register import open_for_sign_up
from diedie_edu.activities.traits import programmes_kept_by
from diedie_edu.door.lists import attendance_to_list
from diedie_edu.door.models import Feedback
from diedie_edu.door.queries.feedback import speakers
from diedie_edu.files.models import StoredFile
from diedie_edu.office.lists import contacts as contact_list
from diedie_edu.office.lists import plans
from diedie_edu.office.lists import spending as spending_list
from diedie_edu.office.models import Expense, Milestone
from diedie_edu.office.queries import contacts, spending
from diedie_edu.publicity.forms.records import RecordForm
from diedie_edu.publicity.models import Picture, PictureConsent, Post
from diedie_edu.publicity.queries import panels, pictures, posts
from diedie_edu.venues.lists.bookings import bookings_to_list
from diedie_edu.venues.models import Booking, RoomCheck
from diedie_edu.venues.queries.empty_rooms import unanswered
from diedie_edu.volunteering.actions.hours import confirm_hours
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries.hours import hours_by_kind
from tests.conftest import NOW, signed_in
from tests.support.access_pieces import make_attendance
from tests.support.news import make_picture

P = Permission
TODAY, LATER, LONG_AGO = NOW.date(), NOW + timedelta(days=60), NOW - timedelta(days=60)
Line = tuple[str, Callable[[User], Iterable[Any]]]


def seated() -> SignUp:
    return SignUp.objects.filter(status="seated", activity__lecture__isnull=False).earliest("pk")


def records(user: User) -> RecordForm:
    return RecordForm(scopes=user.scopes(P.PUBLISH), by=user)


def shown(name: str, of_page: Callable[[Any], Iterable[Any]], *args: str) -> Line:
    """What stands on the page of that name."""
    page, _colon, _what = name.partition(" ")
    return name, lambda user: of_page(signed_in(user).get(reverse(page, args=args)).context)


def entries_known(user: User) -> Iterable[Any]:
    """Which entries of spending an import takes for its reader's own."""
    entry = Expense.objects.earliest("pk")
    values = {"number": entry.pk, "paid_on": entry.paid_on, "payee": "", "amount": 1, "title": ""}
    rows = [SimpleNamespace(number=1, values=values)]
    table: Any = SimpleNamespace(rows=rows, refuse=lambda *_why: None)
    return spending_list.SpendingPlan(table, user, NOW).here


def documents_known(user: User) -> Iterable[Any]:
    nothing: Any = SimpleNamespace(rows=[])
    return plans.MilestonesPlan(nothing, user, NOW).documents.values()


def lines_of_document(user: User) -> Iterable[Any]:
    """With the document itself, which is there only for whoever writes it."""
    document = Milestone.objects.latest("pk").version.document
    found = plans.of_document(Milestone, user, document.pk)
    return [] if found is None else [document, *found]


LINES: list[Line] = [
    ("places_of", lambda user: places_of(seated().resident, programmes_kept_by(user), NOW)),
    ("past_of", lambda user: past_of(seated().resident, programmes_kept_by(user), LATER)),
    ("open_for_sign_up", lambda user: open_for_sign_up(programmes_kept_by(user), NOW)),
    ("attendance_to_list", lambda user: attendance_to_list(user, TODAY)),
    ("speakers", lambda user: speakers(user.scopes(P.KEEP_REGISTER), NOW)),
    ("contacts_to_list", lambda user: contact_list.contacts_to_list(user, TODAY)),
    ("contacts", lambda user: contacts.contacts(user, {}, TODAY)),
    ("to_do", lambda user: contacts.to_do(user, P.READ_OFFICE, TODAY)),
    shown("office:contact_list", lambda page: page["form"].fields["programme"].queryset),
    ("plans.newest", lambda user: plans.newest(Milestone, user)),
    ("plans.of_document", lines_of_document),
    ("plans.LinesPlan", documents_known),
    ("kept_budgets", spending.kept_budgets),
    ("spending_to_list", lambda user: spending_list.spending_to_list(user, TODAY)),
    ("SpendingPlan", entries_known),
    ("may_read_scan", lambda user: [
        row.scan for row in Expense.objects.exclude(scan=None)
        if spending.may_read_scan(user, row.scan)]),
    ("RecordForm", lambda user: records(user).fields["post"].queryset),
    ("panels.problems", lambda user: [
        line.text for line in panels.problems(user, NOW) if line.url.endswith("/pictures/")]),
    ("to_choose_from", lambda user: pictures.to_choose_from(user.scopes(P.PUBLISH))),
    ("may_read_picture", lambda user: [
        row for row in Picture.objects.filter(faces="")
        if pictures.may_read_picture(user, row.file)]),
    ("gone_out", lambda user: [
        row.picture for row in pictures.gone_out(user.scopes(P.PUBLISH), NOW)]),
    ("kept_at", lambda user: posts.kept_at(user.scopes(P.PUBLISH), Post.State.DRAFT)),
    shown("publicity:pictures", lambda page: [row for row, _is_shown in page["rows"]]),
    shown("publicity:records", lambda page: page["page"]),
    shown("publicity:went_out posts", lambda page: page["posts"], "year-2026"),
    shown("publicity:went_out records", lambda page: page["records"], "year-2026"),
    ("bookings_to_list", lambda user: bookings_to_list(user, TODAY)),
    ("unanswered", lambda user: unanswered(NOW, user.scopes(P.PLAN_ACTIVITIES))),
    ("hours_by_kind", lambda user: hours_by_kind(
        user.scopes(P.PLAN_ACTIVITIES), LONG_AGO, LATER)),
]  # fmt: skip


def furnish(done: Duty, by: User) -> None:
    """What the house has not: a speaker of whom somebody spoke, a room that nobody came into, a
    scan, pictures that wait for a word, and one that may not be shown any more."""
    confirm_hours(served={done.pk: 60}, by=by, now=NOW)
    make_attendance(done.occasion, seated().resident)
    told = {"use": "much", "level": "right", "again": "yes", "said_at": NOW}
    Feedback.objects.create(attendance=done.occasion.attendances.get(), **told)
    booking = Booking.objects.filter(ends_at__gt=NOW, programme__slug="residents-school")
    RoomCheck.objects.create(booking=booking.earliest("pk"), asked_at=NOW)
    Expense.objects.update(scan=StoredFile.objects.earliest("pk"))
    PictureConsent.objects.update(withdrawn_at=NOW)
    make_picture(faces="unknown")
