"""Children in the group for children: each by a guardian's yes to this purpose."""

from datetime import date, datetime, timedelta

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.people.actions.consents import Agreement, add_grown_up
from diedie_edu.people.models import Consent, Resident
from diedie_edu.people.queries import consent_text_in_force
from happy_square.actions import children, members
from happy_square.models import Group, JoinRequest
from happy_square.models.groups import PROGRAMME

# Child, years, guardian's phone; the names are those of days in the old calendar.
CHILDREN = (
    ("时芒种", 8, "13800051001"),
    ("时小雪", 10, "13800051001"),
    ("顾秋分", 9, "13800051002"),
)
ASKED = timedelta(days=12)


def enrol_children(group: Group, staff: User, now: datetime) -> None:
    """The leader has said yes to all but the last, who still asks."""
    asked = now - ASKED
    text = consent_text_in_force(PROGRAMME, asked)
    if text is None:
        return
    for number, (name, years, phone) in enumerate(CHILDREN):
        born = date(local_day(now).year - years, 5, 6)
        who: Resident = add_grown_up(full_name=f"{name[0]}家长", phone=phone)
        paper = f"3 号柜 2026-快乐-{number + 1}"
        children.join(
            group=group,
            child=children.NewChild(name, born, "mother"),
            guardian=who,
            agreement=Agreement(text, Consent.Way.PAPER, paper),
            by=staff,
            now=asked,
        )
    requests = JoinRequest.objects.filter(group=group).order_by("pk")
    for request in list(requests)[:-1]:
        members.answer(request=request, is_yes=True, by=staff, now=asked + timedelta(days=1))
