"""The notices about one's own data."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.text_messages import DAY

ERASURE_ASKED = Kind(
    code="portal.erasure_asked",
    title=_("You asked us to delete your data"),
    body=_(
        "We do it by {due_on} at the latest. Until then you can take it back on this page, or at "
        "the service desk. Was it not you? Then please ring the community at once."
    ),
    sms=_("Your data are deleted by {due_on}. Not you? Please take it back:"),
    variables={"due_on": DAY},
    link="/me/data/",
    confirms=True,
)
ERASURE_TAKEN_BACK = Kind(
    code="portal.erasure_taken_back",
    title=_("Nothing is deleted"),
    body=_("Your wish to have your data deleted was taken back. Everything stays as it is."),
    sms=_("Your data stay; the wish to delete them was taken back."),
    variables={},
    link="/me/data/",
    confirms=True,
)
