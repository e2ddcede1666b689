"""Decisions about families, pure."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused

MOST_WITHOUT_ACCOUNT = 8
MOST_TOGETHER = 8  # of whom nobody is asked whether they are one household


def check_house_is_free(is_lived_in: bool) -> None:
    """House rule: nobody joins a family that is there already by knowing its house number."""
    if is_lived_in:
        raise Refused(
            "house_taken",
            _(
                "A family of this house number is in the register already. Let one of them add "
                "you, or come to the service desk."
            ),
            "house",
        )


def check_is_not_at_home(is_at_home: bool) -> None:
    """House rule: nobody stands in a family twice."""
    if is_at_home:
        raise Refused("at_home", _("Somebody of this name is in your family already."), "full_name")


def check_lives_elsewhere(is_there: bool) -> None:
    """House rule: what changes nothing is no move."""
    if is_there:
        raise Refused(
            "lives_there", _("They live there already. Look at the house number again."), "house"
        )


def check_has_room(without_account: int) -> None:
    """House rule: an account acts for so many, so that nobody takes seats for people who are
    none."""
    if without_account >= MOST_WITHOUT_ACCOUNT:
        raise Refused(
            "family_full",
            _(
                "A family has at most %(number)s people without an account. The service desk can "
                "help you."
            )
            % {"number": MOST_WITHOUT_ACCOUNT},
        )


def may_join_strangers(people: int, surnames: Collection[str], are_at_one_address: bool) -> bool:
    """House rule: whoever lives together sees and acts for each other, so where a number alone
    brings together people of unlike surnames, or very many, somebody says first that it is so."""
    return people > MOST_TOGETHER or (len(surnames) > 1 and not are_at_one_address)


def check_may_move_in(home: int | None, new_home: int) -> None:
    """House rule: whoever lives with others is not taken from them; the desk sees both first."""
    if home not in (None, new_home):
        raise Refused(
            "other_home",
            _(
                "This person is in another family in the register. The service desk can change "
                "that, once both have said so."
            ),
            "full_name",
        )
