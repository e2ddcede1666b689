"""The liaison log in the demo season: what each programme agreed with its other side."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from diedie_edu.common.days import local_day
from diedie_edu.common.manifests import parts_of
from diedie_edu.office.actions import contacts
from diedie_edu.office.models import Contact, FollowUp, Side
from diedie_edu.office.parts import LiaisonSide
from diedie_edu.people.models import Organisation
from diedie_edu.programmes.demo import Cast, DemoSeason
from diedie_edu.programmes.models import Programme


@dataclass(frozen=True)
class Talk:
    """A contact some days ago, and what follows by so many days from today."""

    subject: str
    agreed: str
    person: str
    ago: int
    follows: str
    due: int


TALKS = {
    Side.COMMUNITY: Talk(
        "下季度教室和多功能厅的使用",
        "周末上午优先给讲座，平日下午留给四点半学校；每月底对一次场地表。",
        "社区居委会岑主任",
        6,
        "送下季度场地安排表",
        4,
    ),
    Side.CIVIL_GROUP: Talk(
        "民间队伍参加社区联欢",
        "舞蹈、太极各出一个节目；音响由社区提供，九点前结束。",
        "书法协会汤秘书长",
        9,
        "把节目单发给各队领队",
        -2,
    ),
    Side.COMMITTEE: Talk(
        "助学金名册和颁发仪式",
        "名册报齐后由党委确认日期；企业座谈会安排在同一天下午。",
        "党委办甘主任",
        12,
        "报送助学金名册",
        2,
    ),
}


def play(cast: Cast, now: datetime) -> bool:
    """Once, for each programme with the side that the plan names."""
    if Contact.objects.exists():
        return False
    found = {row.slug: row for row in Programme.objects.all()}
    pairs = [(found[part.programme], Side(part.side)) for part in parts_of(LiaisonSide)]
    for programme, side in pairs:
        _note(programme, side, cast, now)
    return bool(pairs)


def _note(programme: Programme, side: Side, cast: Cast, now: datetime) -> None:
    talk, today = TALKS[side], local_day(now)
    contact = Contact(
        programme=programme,
        side=side,
        organisation=Organisation.objects.filter(kind=side).order_by("title").first(),
        person=talk.person,
        held_on=today - timedelta(days=talk.ago),
        held_by=cast.staff,
        subject=talk.subject,
        agreed=talk.agreed,
    )
    contacts.keep_contact(contact=contact, by=cast.staff, now=now)
    due_on = today + timedelta(days=talk.due)
    follow_up = FollowUp(contact=contact, what=talk.follows, owner=cast.staff, due_on=due_on)
    contacts.keep_follow_up(follow_up=follow_up, now=now)


SEASON = DemoSeason(play)
