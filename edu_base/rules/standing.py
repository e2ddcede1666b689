"""Where an application stands, in plain words for whoever waits. Nobody reads “admitted” before the
college's list has come."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from edu_base.models import State


@dataclass(frozen=True)
class Standing:
    """`words` for the head of the page, `next_step` what happens then and who does it."""

    words: str | Promise
    next_step: str | Promise
    tone: str = "indigo"
    icon: str = "clock"


STANDINGS = {
    State.DRAFT: Standing(
        _("This is a draft; nobody has read it yet"),
        _("Fill in what is missing, add your papers, then send it in."),
        "amber",
        "pencil-square",
    ),
    State.SUBMITTED: Standing(
        _("It has arrived"),
        _("Staff look at it and check the conditions. You need not do anything."),
    ),
    State.MORE_ASKED: Standing(
        _("We need something more from you"),
        _("Please read below what is asked, add it, and send it in again."),
        "amber",
        "exclamation-triangle",
    ),
    State.ELIGIBLE: Standing(
        _("You meet the conditions"),
        _("Next come the interview, where there is one, and the marks by the published criteria."),
    ),
    State.INTERVIEWED: Standing(
        _("The interview has taken place"), _("The reviewers give their marks; then we compare.")
    ),
    State.RANKED: Standing(
        _("The marks are complete"), _("The places are proposed next, in the order of the marks.")
    ),
    State.RESERVE: Standing(
        _("You are on the reserve list"),
        _("All places are taken for now. When one comes free, it goes on in order; we write."),
        "amber",
    ),
    State.OFFERED: Standing(
        _("A place has come free for you"),
        _("Please say yes before the offer ends; after that we cannot keep the place."),
        "brick",
        "bell-alert",
    ),
    State.PROPOSED: Standing(
        _("You are proposed for a place"),
        _("The list is announced publicly next, with names covered. It is not final yet."),
        "leaf",
        "check",
    ),
    State.ANNOUNCED: Standing(
        _("The proposal is announced publicly"),
        _("When the days are over and objections are decided, the committee confirms the list."),
        "leaf",
        "megaphone",
    ),
    State.CONFIRMED: Standing(
        _("The committee has confirmed the proposal"),
        _("The college decides now. Only its own list is final; please wait for it."),
        "leaf",
        "check",
    ),
    State.ADMITTED: Standing(
        _("The college has admitted you. Congratulations!"),
        _("Please report at the college on the day in its letter."),
        "leaf",
        "academic-cap",
    ),
    State.REPORTED: Standing(
        _("You have reported at the college"), _("We wish you a good start!"), "leaf", "check"
    ),
    State.STUDYING: Standing(
        _("You are studying"),
        _("Each September we ask with one tap how it goes."),
        "leaf",
        "academic-cap",
    ),
    State.PAUSED: Standing(
        _("Your studies are paused"), _("Tell us if we can help you to go on."), "amber"
    ),
    State.GRADUATED: Standing(
        _("You have graduated. Congratulations!"),
        _("We ask after 6 and 12 months how work goes."),
        "leaf",
        "academic-cap",
    ),
    State.LEFT: Standing(
        _("You have left the college"), _("Come and talk to us if you want to begin anew."), "plain"
    ),
    State.REFUSED: Standing(
        _("This application was refused"),
        _("The reason stands below. If you think that it is wrong, please call us."),
        "brick",
        "x-mark",
    ),
    State.NOT_ADMITTED: Standing(
        _("There was no place in the end"),
        _("The reason stands below. You can apply again next year; we help you to prepare."),
        "brick",
        "x-mark",
    ),
    State.WITHDRAWN: Standing(
        _("You have withdrawn"),
        _("Your papers have been deleted. While the class takes applications, you can apply anew."),
        "plain",
        "arrow-uturn-left",
    ),
}
