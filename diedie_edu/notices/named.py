"""A text message to a phone that several people share says whom it is for.

It is a template of its own at the provider's, beside the kind's. What it says more is taken from
the longest title or name in it, so that it costs no more than the other.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind, signed
from diedie_edu.notices.text_messages import NAME, TITLE, Longest, segments

FOR = _("For {addressee}: {words}")
ADDRESSEE = Longest("欧阳小美等3人", "欧阳小美+2")
ROOM = 12  # signs: the longest of what stands in front, in either language
CUT = [Longest(sort.chinese[:-ROOM]) for sort in (TITLE, NAME)]


def all_of(people: Sequence[str]) -> str:
    """Their names where they fit, or the first and how many they are."""
    together = "、".join(people)
    if ADDRESSEE.shortened(together) == together:
        return together
    others = len(people) - 1
    return gettext("{first}+{others}").format(first=people[0], others=others, people=others + 1)


def named(kind: Kind) -> Kind:
    """The kind whose text message says whom it is for; the kind itself where that has no room."""
    sorts = dict(kind.variables)
    for whole, cut in zip((TITLE, NAME), CUT, strict=True):
        long = next((name for name, sort in sorts.items() if sort == whole), None)
        if long is not None:
            sorts[long] = cut
            break
    words = lazy(lambda: gettext(FOR).replace("{words}", gettext(str(kind.sms))), str)()
    found = replace(
        kind, code=f"{kind.code}.named", sms=words, variables=sorts | {"addressee": ADDRESSEE}
    )
    longest = signed(found.wording().format_map(found.longest()))
    return found if segments(longest) <= 2 else kind
