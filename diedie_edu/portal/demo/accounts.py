"""One demo account for each role. Everybody knows them, so production refuses to start with one."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Role

PASSWORD = "rongshu-2026"  # 榕树, the banyan tree; known to everybody


@dataclass(frozen=True)
class SignIn:
    role: Role
    phone: str
    name: str
    what: str | Promise
    scope: str = ""


SIGN_INS = (
    SignIn(Role.RESIDENT, "13800000001", "何立春", _("takes a seat, waits, is reminded")),
    SignIn(Role.VOLUNTEER, "13800000002", "秦谷雨", _("gives lectures")),
    SignIn(Role.GROUP_LEADER, "13800000003", "梁夏至", _("leads a dance group")),
    SignIn(Role.STAFF, "13800000004", "社区工作人员（演示）", _("runs the weekend")),
    SignIn(
        Role.PROGRAMME_LEAD,
        "13800000005",
        "居民学校负责人（演示）",
        _("plans the residents' school"),
        "residents-school",
    ),
    SignIn(Role.BRANCH_LEAD, "13800000006", "行政支部（演示）", _("reviews, grants roles")),
)

# Besides one for each role: a guardian, and the lead of the 4:30 school.
GUARDIAN = SignIn(Role.RESIDENT, "13800000007", "方清明", _("has a child at the 4:30 school"))
SCHOOL_LEAD = SignIn(
    Role.PROGRAMME_LEAD,
    "13800000008",
    "四点半学校负责人（演示）",
    _("plans the 4:30 school"),
    "after-school",
)
ALL_SIGN_INS = (*SIGN_INS, GUARDIAN, SCHOOL_LEAD)


def create_accounts() -> dict[Role, User]:
    """The demo accounts by role; one password hash serves all, for hashing is slow on purpose."""
    password = make_password(PASSWORD)
    return {row.role: _create(row, password) for row in SIGN_INS}


def create_school_accounts() -> User:
    """The guardian's account and the lead's; returns the guardian's."""
    password = make_password(PASSWORD)
    _create(SCHOOL_LEAD, password)
    return _create(GUARDIAN, password)


def _create(row: SignIn, password: str) -> User:
    user, is_new = User.objects.get_or_create(
        phone=row.phone,
        defaults={"display_name": row.name, "is_demo": True, "password": password},
    )
    if is_new:
        RoleGrant.objects.create(
            user=user, role=row.role, scope=row.scope, granted_at=timezone.now()
        )
    return user
