"""Robots, trials, receipts and short links: what may be entered, tried and asked for."""

from datetime import datetime

from django.conf import settings
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import time_text
from diedie_edu.common.errors import Refused
from diedie_edu.notices.channels.robots import is_address_of
from diedie_edu.notices.models import SIGNED, Robot


def check_links_not_tried_out(is_used_up: bool) -> None:
    """House rule: after LINK_MISSES links that lead nowhere a network waits for a while."""
    if is_used_up:
        raise Refused("too_many", _("That was too often in a short time"))


def check_tries_seldom(is_too_many: bool, again_at: datetime) -> None:
    """House rule: who tries the channels out does so TRIALS_PER_HOUR times an hour at most, for
    each text message costs money. Raises `Refused` (`too_many_trials`)."""
    if is_too_many:
        words = _("That was often enough for now. Try again after %(time)s.")
        raise Refused("too_many_trials", words % {"time": time_text(again_at)})


def is_receipt_key(key: str) -> bool:
    """House rule: receipts come to the address that ends with our key; without one, to none."""
    return bool(settings.SMS_RECEIPT_KEY) and constant_time_compare(key, settings.SMS_RECEIPT_KEY)


def check_robot(robot: Robot) -> None:
    """House rule: only robots of the makers that we know are called, each at its own host (and at
    ROBOT_HOSTS). Raises `Refused` (`not_a_robot`, `no_signing`)."""
    if not is_address_of(robot.chat, robot.address):
        words = _("This is no address of a robot of %(chat)s. Copy it whole from the chat.")
        chat = robot.get_chat_display()
        raise Refused("not_a_robot", words % {"chat": chat}, "new_address")
    if robot.secret and robot.chat not in SIGNED:
        raise Refused("no_signing", _("Robots of WeCom have no secret."), "new_secret")


def check_robot_is_on(robot: Robot) -> None:
    """House rule: what is switched off says nothing. Raises `Refused` (`robot_is_off`)."""
    if not robot.is_on:
        raise Refused("robot_is_off", _("This robot is switched off. Switch it on first."))
