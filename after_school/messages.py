"""The notices of the 4:30 school. Data: `child_data`; the subject is the child, so that they go
with it when it is erased."""

from typing import Any

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind, register
from diedie_edu.people.models import Resident

LINK = "/school/children/{child}/"

COLLECTOR_NAMED = register(
    Kind(
        code="after_school.collector_named",
        title=_("{name}: somebody new may collect"),
        body=_(
            "{by} has named {who} as a person who may collect {name}. If this is not right, open "
            "the page and bar this person, or call us."
        ),
        sms=_("{who} may now collect {name} ({by})."),
        link=LINK,
    )
)
COLLECTOR_BARRED = register(
    Kind(
        code="after_school.collector_barred",
        title=_("{name}: somebody may not collect any more"),
        body=_("{by} has told us that {who} may not collect {name}. Our staff see a warning."),
        sms=_("{who} may not collect {name} any more ({by})."),
        link=LINK,
    )
)
PASS_MADE = register(
    Kind(
        code="after_school.pass_made",
        title=_("{name}: a pass for {day_on}"),
        body=_("{by} has given {who} a pass to collect {name} on {day_on}."),
        sms=_("{who} has a pass to collect {name} on {day_on} ({by})."),
        link=LINK,
    )
)
WALKS_HOME = register(
    Kind(
        code="after_school.walks_home",
        title=_("{name} may walk home alone"),
        body=_("{by} lets {name} walk home alone from {first_on} to {last_on}."),
        sms=_("{name} may walk home alone from {first_on} to {last_on} ({by})."),
        link=LINK,
    )
)
CONSENT_ENDED = register(
    Kind(
        code="after_school.consent_ended",
        title=_("{name}: the consent has ended"),
        body=_(
            "The consent to keep the data of {name} has ended. The place at the 4:30 school is "
            "given back, nothing new is stored, and on {erase_on} everything is erased. If you "
            "change your mind before that day, give the consent again on the page."
        ),
        sms=_("The consent for {name} has ended; all data are erased on {erase_on}."),
        link=LINK,
    )
)
CONSENT_RUNS_OUT = register(
    Kind(
        code="after_school.consent_runs_out",
        title=_("{name}: the consent runs out"),
        body=_(
            "Your consent to keep the data of {name} holds until {until_on}. Please open the page "
            "and give it again; without it the place at the 4:30 school is lost and the data are "
            "erased."
        ),
        sms=_("Your consent for {name} holds until {until_on}. Please give it again:"),
        link=LINK,
    )
)


def subject_of(child: int) -> str:
    """What notices about a child (id) are about."""
    return f"child:{child}"


def child_data(child: Resident, **more: Any) -> dict[str, Any]:
    """The facts a notice about a child is rendered from."""
    return {"child": child.pk, "name": child.full_name, **more}
