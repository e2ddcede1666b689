"""What both numbers are told when a phone changes."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind, Phone
from diedie_edu.notices.messages import ACCOUNTS
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import MOMENT, NAME

PURPOSE = "phone_change"
CHANGE = Subject(PURPOSE)
COMMUNITY = Phone(_("the community"))
PAGE = "/phone/{phone_change_token}/"
OWN = "/me/phone/"

OLD_WAITS = Kind(
    code="portal.old_phone_waits",
    title=_("Another number has been entered for you"),
    body=_("From {from_at} messages go to another number. If that was not you, stop it."),
    sms=_("From {from_at} messages go to another number. If that was not you, stop it:"),
    variables={"from_at": MOMENT},
    link=PAGE,
    confirms=True,
)
OLD_DONE = Kind(
    code="portal.old_phone_done",
    title=_("Messages go to another number now"),
    body=_("Messages no longer come to this number. If that was not you, stop it within a day."),
    sms=_("Messages no longer come to this number. If that was not you, stop it within a day:"),
    link=PAGE,
    confirms=True,
)
OLD_SEEN = Kind(
    code="portal.old_phone_seen",
    title=_("Messages go to another number now"),
    body=_("At the service desk this number was replaced by another."),
    sms=_("At the service desk this number was replaced by another. Not you? Please call{phone}."),
    phones=(COMMUNITY,),
)
NEW_WAITS = Kind(
    code="portal.new_phone_waits",
    title=_("Your new number"),
    body=_("Your new number holds from {from_at}. Until then messages go to the old one."),
    sms=_("Your new number holds from {from_at}. Until then messages go to the old one."),
    variables={"from_at": MOMENT},
    link=OWN,
    confirms=True,
)
NEW_DONE = Kind(
    code="portal.new_phone_done",
    title=_("Your new number holds"),
    body=_("Messages come to your new number now. If you have an account, you sign in by it."),
    sms=_("Messages come to this number now. If you have an account, you sign in by it."),
    link=OWN,
    confirms=True,
)
STOPPED = Kind(
    code="portal.phone_stopped",
    title=_("Your new number was stopped from the old one"),
    body=_("Your old number holds. Please come to the service desk, or call."),
    sms=_("The new number was stopped from the old one. Come to the service desk, or call{phone}."),
    phones=(COMMUNITY,),
    confirms=True,
)
TAKEN = Kind(
    code="portal.phone_taken",
    title=_("Your new number could not be entered"),
    body=_("It has an account of its own by now, so your old number still holds. Please call."),
    sms=_("Your new number has another account, so the old one still holds. Please call{phone}."),
    phones=(COMMUNITY,),
)
STOPPED_FOR_STAFF = Kind(
    code="portal.phone_stopped_for_staff",
    title=_("{name}: the new number was stopped from the old one"),
    body=_("Somebody has stopped it. Please ask {name} which number is theirs."),
    sms=_("The old number of {name} stopped the new one. Please ask:"),
    variables={"name": NAME},
    link="{path}",
    sort=ACCOUNTS,
)
