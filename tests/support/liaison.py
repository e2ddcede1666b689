"""Contacts of the liaison log."""

from datetime import date
from typing import Any

from diedie_edu.accounts.models import User
from diedie_edu.common.manifests import programmes
from diedie_edu.office.actions import contacts
from diedie_edu.office.models import Contact, FollowUp
from diedie_edu.programmes.models import Programme
from tests.conftest import NOW

DAY = date(2026, 11, 20)


def programme_of(slug: str) -> Programme:
    """Of the plan, by its slug."""
    title = str(programmes()[slug].title)
    return Programme.objects.get_or_create(slug=slug, defaults={"title_zh": title})[0]


def make_contact(by: User, slug: str = "residents-school", **fields: Any) -> Contact:
    told = {"side": "community", "subject": "借用多功能厅", "held_on": DAY, "held_by": by}
    contact = Contact(programme=programme_of(slug), **told | fields)
    return contacts.keep_contact(contact=contact, by=by, now=NOW)


def make_follow_up(contact: Contact, owner: User, **fields: Any) -> FollowUp:
    told = {"what": "送场地申请表", "due_on": date(2026, 11, 27)} | fields
    row = FollowUp(contact=contact, owner=owner, **told)
    contacts.keep_follow_up(follow_up=row, now=NOW)
    return row
