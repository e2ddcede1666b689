"""The notices about groups: who leads them, how they stand, children in them. Data: `about`."""

from typing import Any

from django.utils.translation import gettext_noop as _

from diedie_edu.activities.models import Activity
from diedie_edu.notices.kinds import QUIETLY, Kind
from diedie_edu.notices.text_messages import DAY, NAME, TITLE
from happy_square.messages import GROUPS

LINK = "/groups/{activity}/"
GROUP = {"title": TITLE}
PERSON = GROUP | {"person": NAME}

YOU_LEAD = Kind(
    code="happy_square.you_lead",
    title=_("You look after {title} now"),
    body=_(
        "You are down as leader, deputy or acting leader of “{title}”. The group's page has all "
        "that you can do: announce meet-ups, count who came, tell the members. Thank you!"
    ),
    sms=_("You look after the group {title} now. Your page:"),
    variables=GROUP,
    link=LINK,
)
YOU_LEAD_NO_MORE = Kind(
    code="happy_square.you_lead_no_more",
    title=_("You no longer look after {title}"),
    body=_(
        "You are no longer down as leader, deputy or acting leader of “{title}”. "
        "Thank you for all that you have done for it."
    ),
    sms=_("You no longer look after the group {title}. Thank you!"),
    variables=GROUP,
    link=LINK,
)
NEW_LEADER = Kind(
    code="happy_square.new_leader",
    title=_("{title}: {person} looks after the group now"),
    body=_("{person} looks after “{title}” from now on. {reason}"),
    sms=_("New leader of {title}: {person}."),
    variables=PERSON,
    link=LINK,
    channels=QUIETLY,
)
HAND_OVER_OFFERED = Kind(
    code="happy_square.hand_over_offered",
    title=_("Would you lead {title}?"),
    body=_(
        "{person} would like to hand “{title}” over to you. It becomes yours once you say yes; "
        "until then nothing changes."
    ),
    sms=_("Would you lead the group {title}? Your answer:"),
    variables=GROUP,
    link="/groups/{activity}/hand-over/",
)
HAND_OVER_DECLINED = Kind(
    code="happy_square.hand_over_declined",
    title=_("{title}: not taken over"),
    body=_("{person} does not take “{title}” over. You go on looking after it."),
    sms=_("Not taken over: the group {title} stays with you."),
    variables=GROUP,
    link=LINK,
)
RESTS = Kind(
    code="happy_square.rests",
    title=_("{title} takes a rest"),
    body=_("“{title}” does not meet for a while: {reason}. We write when it goes on."),
    sms=_("The group {title} takes a rest for a while."),
    variables=GROUP,
    link=LINK,
)
SUSPENDED = Kind(
    code="happy_square.suspended",
    title=_("{title} does not meet until {until_on}"),
    body=_(
        "“{title}” does not meet until {until_on}, while something is put right. "
        "You stay a member; we write when it goes on."
    ),
    sms=_("The group {title} does not meet until {until_on}."),
    variables=GROUP | {"until_on": DAY},
    link=LINK,
)
PUT_RIGHT = Kind(
    code="happy_square.put_right",
    title=_("{title} has to put something right"),
    body=_(
        "“{title}” is suspended until {until_on}: {reason}. Please write what you have put right; "
        "the community reads it. Your rooms are kept for {days} days."
    ),
    sms=_("Suspended until {until_on}: {title}. See:"),
    variables=GROUP | {"until_on": DAY},
    link="/groups/{activity}/answer/",
)
ANSWERED = Kind(
    code="happy_square.answered",
    title=_("{title} has answered"),
    body=_("“{title}”, which is suspended, writes: {word}"),
    sms=_("The suspended group {title} has answered:"),
    variables=GROUP,
    link="/groups/{activity}/standing/",
    sort=GROUPS,
)
GOES_ON = Kind(
    code="happy_square.goes_on",
    title=_("{title} goes on"),
    body=_("“{title}” meets again. Please look at its page for the next dates."),
    sms=_("The group {title} meets again:"),
    variables=GROUP,
    link=LINK,
)
ENDED = Kind(
    code="happy_square.ended",
    title=_("{title} has ended"),
    body=_("“{title}” has ended: {reason}. Thank you for being part of it."),
    sms=_("The group {title} has ended. Thank you!"),
    variables=GROUP,
    link=LINK,
)
CHECK_ENDED = Kind(
    code="happy_square.check_ended",
    title=_("{title}: no children for now"),
    body=_(
        "In “{title}” somebody who looks after children needs to be checked anew. Until then no "
        "child can come. Places stay; the group's page says when children come again."
    ),
    sms=_("No children in {title} for now. See:"),
    variables=GROUP,
    link=LINK,
    sort=GROUPS,
)
CONSENT_ENDED = Kind(
    code="happy_square.consent_ended",
    title=_("{title}: a guardian's consent has ended"),
    body=_(
        "The consent for {person} in “{title}” has ended, so the place was given back. "
        "A guardian can agree again on the group's page."
    ),
    sms=_("The consent for {person} in {title} has ended:"),
    variables=PERSON,
    link="/groups/{activity}/children/",
    sort=GROUPS,
)
CHILD_JOINED = Kind(
    code="happy_square.child_joined",
    title=_("{title}: a child has joined"),
    body=_("{person} belongs to “{title}” now; a guardian has agreed."),
    sms=_("Joined the group {title}: {person}."),
    variables=PERSON,
    link=LINK,
    channels=QUIETLY,
)


def about(group: Activity, **more: Any) -> dict[str, Any]:
    return {"activity": group.pk, "title": group.title, **more}
