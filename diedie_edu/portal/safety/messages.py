"""What the owner of an account hears when something about it changes."""

from django.utils.translation import gettext_noop as _

from diedie_edu.accounts.actions.changes import Change
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.text_messages import Longest

CHANGED = Kind(
    code="portal.account_changed",
    title=_("Your account: {what}"),
    body=_("{what}. If that was not you, sign out everywhere and choose a new password."),
    sms=_("Account: {what}. Not you? Sign out everywhere:"),
    variables={
        "what": Longest("新增角色：项目负责人（某某社区居民学校）", "new role: Programme lead")
    },
    link="/me/devices/",
    is_called=False,
)

WORDS = {
    Change.PASSWORD: _("password changed"),
    Change.NAME: _("new name"),
    Change.ROLE_GIVEN: _("new role: {role}"),
    Change.ROLE_TAKEN: _("role taken: {role}"),
    Change.FACTOR_ON: _("two-step sign-in on"),
    Change.FACTOR_OFF: _("two-step sign-in off"),
    Change.NEW_SHEET: _("new recovery codes"),
    Change.GUESSES: _("wrong codes entered"),
    Change.NEW_DEVICE: _("new browser signed in"),
    Change.EVERYWHERE: _("signed out everywhere"),
    Change.WECHAT_TIED: _("messages by WeChat on"),
    Change.WECHAT_ENDED: _("messages by WeChat off"),
}
# What is no reason for a text message.
QUIET = {Change.NAME}
