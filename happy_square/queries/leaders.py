"""Who leads a group, and who is told of it."""

from collections.abc import Iterable

from django.db.models import (
    Case,
    DateField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.activities.models import SignUp
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.volunteering.queries.clearances import IsCleared
from happy_square.models import Group, HandOver, Leadership
from happy_square.models.groups import PROGRAMME

IN_FRONT = Case(
    When(part=Leadership.Part.LEADER, then=Value(0)),
    When(part=Leadership.Part.ACTING, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def live_leaderships(group: int) -> QuerySet[Leadership]:
    """Leader, acting leader and deputy of a group (its number), in this order."""
    rows = Leadership.objects.filter(group=group, ended_at=None)
    return rows.select_related("resident__account").order_by(IN_FRONT)


def leader_ids(group: int) -> list[int]:
    """Residents (ids) who lead a group (its number) at present, in whatever part."""
    rows = Leadership.objects.filter(group=group, ended_at=None).order_by("pk")
    return list(rows.values_list("resident", flat=True))


def members_of(group: int) -> list[int]:
    """Residents (numbers) who belong to it, wait for a place, or were offered one."""
    rows = SignUp.objects.filter(activity=group, status__in=SignUp.LIVE).order_by("pk")
    return list(rows.values_list("resident", flat=True))


def accounts_of_leads() -> list[int]:
    """Those (numbers) who guide the groups."""
    able = accounts_with(Permission.PLAN_ACTIVITIES, PROGRAMME)
    leads = able.filter(role_grants__scope=PROGRAMME).values_list("pk", flat=True)
    return list(leads.distinct()) or list(able.values_list("pk", flat=True))


def is_checked(resident: Resident, day: object) -> bool:
    """Whether somebody may be close to children on a day, as the database asks."""
    cleared = IsCleared("pk", Value(day, DateField()))
    return Volunteer.objects.filter(cleared, resident=resident).exists()


def part_of(user: User, group: int) -> str:
    """As what an account's person leads a group; empty for everybody else."""
    own = own_leadership(user, group)
    return own.part if own else ""


def own_leadership(user: User, group: int) -> Leadership | None:
    return live_leaderships(group).filter(resident__account=user).first()


def open_hand_over(group: int) -> HandOver | None:
    rows = HandOver.objects.filter(group=group, state=HandOver.State.OPEN)
    return rows.select_related("successor__account", "offered_by", "group").first()


def members(group: int) -> QuerySet[Resident]:
    """Those with a seat, by name; of whom the leader has just written down nothing shows whether
    the register knows them."""
    seated = SignUp.objects.filter(activity=group, status=SignUp.Status.SEATED, member_entry=None)
    return Resident.objects.filter(pk__in=seated.values("resident"))


def successors(group: int) -> QuerySet[Resident]:
    """Members with an account of their own, who do not lead it already; the deputy too."""
    belongs = SignUp.objects.filter(
        activity=group,
        resident=OuterRef("pk"),
        status=SignUp.Status.SEATED,
        member_entry=None,
    )
    deputy = Leadership.objects.filter(
        group=group, ended_at=None, part=Leadership.Part.DEPUTY, resident=OuterRef("pk")
    )
    leading = Leadership.objects.filter(group=group, ended_at=None).exclude(
        part=Leadership.Part.DEPUTY
    )
    found = Resident.objects.filter(Exists(belongs) | Exists(deputy), account__is_active=True)
    return found.exclude(pk__in=leading.values("resident"))


def holders_among(residents: Iterable[int]) -> QuerySet[User]:
    """Accounts of those of them who lead a group at present."""
    live = Leadership.objects.filter(ended_at=None, resident__in=list(residents))
    return User.objects.filter(pk__in=live.values("resident__account"))


def without_a_hand() -> QuerySet[Group]:
    """Listed groups that nobody looks after: without anybody who leads them, or all of whose
    leaders' accounts have been closed."""
    live = Leadership.objects.filter(group=OuterRef("pk"), ended_at=None)
    able = live.filter(Q(account=None) | Q(account__is_active=True, account__erased_at=None))
    standing = [Group.Standing.ACTIVE, Group.Standing.RESTING, Group.Standing.SUSPENDED]
    return Group.objects.filter(~Exists(able), standing__in=standing).order_by("pk")
