"""What whoever keeps accounts hears of the doors."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.groups import PORTAL, Group
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.messages import ACCOUNTS
from diedie_edu.notices.text_messages import MOMENT
from diedie_edu.notices.wording import WHEN

HOUSE_IS_FULL = Kind(
    code="portal.house_is_full",
    title=_("Strangers ask for very many codes, or guess at them"),
    body=_(
        "Since {when_at} so many codes have been asked for, or guessed at wrongly, that visitors "
        "we do not know have to wait. Whoever signs in where they signed in before is not held "
        "up. If this is no rush of ours, please call whoever looks after the server."
    ),
    sms=_("Since {when_at} strangers ask for very many codes, or guess. Please see:"),
    variables={WHEN: MOMENT},
    link="/desk/",
    alarm=True,
    sort=ACCOUNTS,
    group=Group(
        PORTAL, _("Strangers ask for very many codes at the portal, or guess at them."), "/desk/"
    ),
)
