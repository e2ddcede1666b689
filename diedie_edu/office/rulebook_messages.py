"""What is told around the rules of programmes."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import DAY
from diedie_edu.programmes.models import RuleVersion

RULES = Subject("rules", RuleVersion)

RULES_TO_CONFIRM = Kind(
    code="office.rules_to_confirm",
    title=_("Please confirm the working rules: {programme}"),
    body=_(
        "New working rules are in force. Please read them and confirm them with one tap by "
        "{until_on}. Your place stays as it is."
    ),
    sms=_("New working rules: please read and confirm them by {until_on}. Your place stays."),
    variables={"until_on": DAY},
    link="{page}",
)
