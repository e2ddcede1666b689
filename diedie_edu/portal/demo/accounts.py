"""One demo account for each role. Everybody knows them, so production refuses to start with one."""

from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.actions.privacy import agree_to_notice
from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.accounts.queries import privacy_notice_in_force
from diedie_edu.common.days import local_day
from diedie_edu.common.manifests import parts_of
from diedie_edu.programmes.demo import DemoSeason, SignIn

PASSWORD = "rongshu-2026"  # 榕树, the banyan tree; known to everybody


SIGN_INS = (
    SignIn(Role.RESIDENT, "13800000001", "何立春", _("takes a seat, waits, is reminded")),
    SignIn(Role.VOLUNTEER, "13800000002", "秦谷雨", _("gives lectures")),
    SignIn(Role.GROUP_LEADER, "13800000003", "梁夏至", _("leads a dance group")),
    SignIn(Role.STAFF, "13800000004", "社区工作人员（演示）", _("runs the weekend")),
    SignIn(Role.BRANCH_LEAD, "13800000006", "行政支部（演示）", _("reviews, grants roles")),
)


def sign_ins() -> list[SignIn]:
    """One for each role, and whom the programmes add."""
    own = (row for season in parts_of(DemoSeason) for row in season.sign_ins)
    return sorted([*SIGN_INS, *own], key=lambda row: row.phone)


def create_accounts() -> dict[Role, User]:
    """The first demo account of each role; one password hash serves all, for hashing is slow on
    purpose."""
    password = make_password(PASSWORD)
    return {row.role: _create(row, password) for row in reversed(sign_ins())}


def _create(row: SignIn, password: str) -> User:
    user, is_new = User.objects.get_or_create(
        phone=row.phone,
        defaults={"display_name": row.name, "is_demo": True, "password": password},
    )
    if is_new:
        if notice := privacy_notice_in_force(timezone.now()):
            agree_to_notice(user=user, notice=notice, now=timezone.now())
        RoleGrant.objects.create(
            user=user, role=row.role, scope=row.scope, granted_at=timezone.now(), **_days(row.role)
        )
    return user


def _days(role: Role) -> dict[str, date]:
    """A year from today, for a role that holds from a day to a day."""
    today = local_day(timezone.now())
    if role != Role.COMMITTEE_READER:
        return {}
    return {"first_day": today, "last_day": today + timedelta(days=365)}
