"""Whoever keeps accounts hears of every appointment."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.messages import ACCOUNTS
from diedie_edu.notices.text_messages import NAME

APPOINTED = Kind(
    code="portal.appointed",
    title=_("{name} was appointed: {role}"),
    body=_("{by} has given {name} this role: {role}. If that surprises you, ask."),
    sms=_("A role was given to {name}. See who may do what:"),
    variables={"name": NAME},
    link="/desk/accounts/{account}/",
    sort=ACCOUNTS,
)
