"""The pages on which children's records are looked at, in words; the log keeps a short name, or
that of the page's address."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.manifests import programmes

PAGES = {
    "admin": _("Admin site"),
    "person": _("page of a person"),
    "call list": _("Call list"),
    "record": _("record of a child"),
    "guardian seen": _("confirming a guardian"),
    "consent": _("Consent"),
    "for the family": _("For the family"),
    "custody": _("Custody has changed"),
    "afternoon": _("afternoon of a child"),
    "correction": _("correction of an afternoon"),
    "still here": _("children who are still here"),
    "paper register": _("register on paper"),
    "list": _("exported list"),
    "audit pack": _("Audit pack"),
    "second enrolment": _("second enrolment"),
    "group members": _("members of a group"),
    "group headcount": _("headcount of a group"),
    "group sheet": _("headcount sheet of a group"),
}


# By the first part of an address's name; programmes have their own titles.
ROOMS = {
    "admin": _("Admin site"),
    "activities": _("sign-ups of an activity"),
    "door": _("at the door"),
    "notices": _("messages"),
    "decisions": _("requests"),
    "portal": _("register of people"),
    "publicity": _("publicity"),
    "venues": _("venues"),
    "volunteering": _("roster"),
}


def page_in_words(page: str) -> str:
    room = page.partition(":")[0]
    programme = programmes().get(room.replace("_", "-"))
    return str(programme.title if programme else PAGES.get(page) or ROOMS.get(room) or page)
