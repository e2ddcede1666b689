"""How an application stands, and the chain it goes along: plan 六(二)2 and 4, and the house's order
of reviewing."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Scheme(models.TextChoices):
    """Plan 六(一)1 and 2. Each has rules of its own, so the two are named here and not as rows."""

    HOUSEHOLDS = "households", pgettext_lazy("a scheme", "One university student per household")
    DREAM = "dream", pgettext_lazy("a scheme", "Dream scheme")


class State(models.TextChoices):
    """Also what each step of an application's history did."""

    DRAFT = "draft", pgettext_lazy("an application", "draft")
    SUBMITTED = "submitted", pgettext_lazy("an application", "submitted")
    MORE_ASKED = "more_asked", pgettext_lazy("an application", "more is asked")
    ELIGIBLE = "eligible", pgettext_lazy("an application", "meets the conditions")
    INTERVIEWED = "interviewed", pgettext_lazy("an application", "interviewed")
    RANKED = "ranked", pgettext_lazy("an application", "ranked")
    RESERVE = "reserve", pgettext_lazy("an application", "on the reserve list")
    OFFERED = "offered", pgettext_lazy("an application", "offered a place")
    PROPOSED = "proposed", pgettext_lazy("an application", "proposed")
    ANNOUNCED = "announced", pgettext_lazy("an application", "announced")
    CONFIRMED = "confirmed", pgettext_lazy("an application", "confirmed")
    ADMITTED = "admitted", pgettext_lazy("an application", "admitted by the college")
    REPORTED = "reported", pgettext_lazy("an application", "reported at the college")
    STUDYING = "studying", pgettext_lazy("an application", "studying")
    PAUSED = "paused", pgettext_lazy("an application", "studies paused")
    GRADUATED = "graduated", pgettext_lazy("an application", "graduated")
    LEFT = "left", pgettext_lazy("an application", "left the college")
    REFUSED = "refused", pgettext_lazy("an application", "refused")
    NOT_ADMITTED = "not_admitted", pgettext_lazy("an application", "not admitted")
    WITHDRAWN = "withdrawn", pgettext_lazy("an application", "withdrawn")


S = State
ENDED = (S.REFUSED, S.NOT_ADMITTED, S.WITHDRAWN)
LIVE = tuple(state for state in S if state not in ENDED)
# Before the college's list: what the applicant and the guardian may still change or take back.
REVIEWED = (S.SUBMITTED, S.MORE_ASKED, S.ELIGIBLE, S.INTERVIEWED, S.RANKED)
STUDENTS = (S.REPORTED, S.STUDYING, S.PAUSED, S.GRADUATED, S.LEFT)
# A student is one of the household's from the proposal on; whoever left the college is none.
BLOCKS = (
    *(S.OFFERED, S.PROPOSED, S.ANNOUNCED, S.CONFIRMED, S.ADMITTED),
    *(S.REPORTED, S.STUDYING, S.PAUSED, S.GRADUATED),
)
# Whoever left had the place of that year all the same.
HOLDS = (*BLOCKS, S.LEFT)

# From each state to those that may follow; the database holds it too.
CHAIN: dict[State, tuple[State, ...]] = {
    S.DRAFT: (S.SUBMITTED, S.WITHDRAWN),
    S.SUBMITTED: (S.MORE_ASKED, S.ELIGIBLE, S.REFUSED, S.WITHDRAWN),
    S.MORE_ASKED: (S.SUBMITTED, S.REFUSED, S.WITHDRAWN),
    S.ELIGIBLE: (S.MORE_ASKED, S.INTERVIEWED, S.RANKED, S.REFUSED, S.WITHDRAWN),
    S.INTERVIEWED: (S.RANKED, S.REFUSED, S.WITHDRAWN),
    S.RANKED: (S.PROPOSED, S.RESERVE, S.REFUSED, S.WITHDRAWN),
    S.RESERVE: (S.OFFERED, S.REFUSED, S.WITHDRAWN),
    S.OFFERED: (S.PROPOSED, S.WITHDRAWN),
    S.PROPOSED: (S.ANNOUNCED, S.RANKED, S.NOT_ADMITTED, S.WITHDRAWN),
    S.ANNOUNCED: (S.CONFIRMED, S.NOT_ADMITTED, S.WITHDRAWN),
    S.CONFIRMED: (S.ADMITTED, S.NOT_ADMITTED, S.WITHDRAWN),
    S.ADMITTED: (S.REPORTED, S.NOT_ADMITTED, S.WITHDRAWN),
    S.REPORTED: (S.STUDYING, S.PAUSED, S.GRADUATED, S.LEFT),
    S.STUDYING: (S.PAUSED, S.GRADUATED, S.LEFT),
    S.PAUSED: (S.STUDYING, S.GRADUATED, S.LEFT),
    # A wrong tap, put right.
    S.GRADUATED: (S.STUDYING, S.PAUSED, S.LEFT),
    S.LEFT: (S.STUDYING, S.PAUSED, S.GRADUATED),
    S.REFUSED: (S.SUBMITTED,),  # taken up again, with its reason
    S.NOT_ADMITTED: (),
    S.WITHDRAWN: (),
}
