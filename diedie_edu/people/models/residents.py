"""The one model of a person."""

from contextvars import ContextVar
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.current_request import current_request, remembered
from diedie_edu.common.fresh import fresh
from diedie_edu.common.guards import Guard, Stays
from diedie_edu.common.references import (
    EMPTY,
    MOVE,
    Lasting,
    On,
    lasting_checks,
    lasting_guards,
)
from diedie_edu.people.fields import (
    WITH_EXTENSION,
    NameKeyField,
    PhoneKeyField,
    PinyinKeyField,
    initials,
    last_digits,
    letters,
    signs_of,
)
from diedie_edu.people.models.households import Household

PEOPLE_READ = "people_read"
# By whoever writes a file; None where people are remembered with the request.
GATHERED: ContextVar[list[Any] | None] = ContextVar("people_gathered", default=None)


def _people_read() -> list[Any] | None:
    """Where whoever is read now is remembered; None in a worker or a command."""
    gathered, request = GATHERED.get(), current_request()
    if gathered is None and request:
        return remembered(request, PEOPLE_READ, list[Any])
    return gathered


# Keys that stayed as they were, though more has changed than case, spaces and dots.
LEFT_BEHIND = """
NEW.name_key = OLD.name_key AND NEW.sort_key = OLD.sort_key
AND translate(lower(NEW.full_name), ' ·', '') <> translate(lower(OLD.full_name), ' ·', '')
OR NEW.phone_key = OLD.phone_key
AND regexp_replace(NEW.phone, '[^0-9]', '', 'g') <> regexp_replace(OLD.phone, '[^0-9]', '', 'g')
"""


EMPTY_RESIDENT = {
    **dict.fromkeys(["full_name", "name_key", "surname_reading", "sort_key"], ""),
    **dict.fromkeys(["gender", "phone", "phone_key", "email", "departure"], ""),
    **dict.fromkeys(["birth_date", "household", "account", "erase_due_on", "departed_on"]),
}


class Resident(Lasting):
    """Everybody the programmes know as a person, with or without an account.

    `residency` tells how they belong to the community: lectures are for permanent residents,
    whether or not their household is registered here; an outside expert is a person too.
    Whoever has an account has its phone: both change together (`people.actions.phones`).
    """

    belongs = SHARED
    EMPTIED = EMPTY_RESIDENT

    class Residency(models.TextChoices):
        PERMANENT = "permanent", _("permanent resident")
        WORKER = "worker", _("works in the community")
        OUTSIDE = "outside", _("lives elsewhere")

    class Departure(models.TextChoices):
        MOVED = "moved", _("moved away")
        DIED = "died", _("died")

    class Gender(models.TextChoices):
        FEMALE = "f", _("female")
        MALE = "m", _("male")

    full_name = models.CharField(_("full name"), max_length=50)
    name_key = NameKeyField(source="full_name")
    surname_reading = models.CharField(
        _("surname in pinyin"),
        max_length=20,
        blank=True,
        help_text=_("Only where it is read unusually, e.g. shan for 单."),
    )
    sort_key = PinyinKeyField(_("sort key"), source="full_name", reading="surname_reading")
    gender = models.CharField(_("gender"), max_length=1, choices=Gender, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    phone = models.CharField(_("contact phone"), max_length=20, blank=True)
    phone_key = PhoneKeyField(source="phone")
    email = models.EmailField(_("e-mail (optional)"), blank=True)
    wants_sms = models.BooleanField(_("may be sent text messages"), default=True)
    wants_email = models.BooleanField(_("may be sent e-mail"), default=True)
    residency = models.CharField(
        _("residency"), max_length=10, choices=Residency, default=Residency.PERMANENT
    )
    household = models.ForeignKey(
        Household,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("household"),
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        On(erased=EMPTY, merged=MOVE),
        null=True,
        blank=True,
        related_name="resident",
        verbose_name=_("account"),
    )
    # Set when the last consent for a child ends: locked from then on, erased on that day.
    erase_due_on = models.DateField(_("to be erased on"), null=True, editable=False)
    # Whoever is gone is sent nothing and offered nowhere; what they did stays counted.
    departed_on = models.DateField(_("gone since"), null=True, editable=False)
    departure = models.CharField(
        _("why gone"), max_length=5, choices=Departure, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("resident")
        verbose_name_plural = _("residents")
        ordering = ["sort_key", "id"]
        indexes = [
            models.Index(fields=["sort_key", "id"]),
            models.Index(fields=["phone_key"]),
            models.Index(fields=["name_key", "birth_date"]),
            # What people are found by (`queries.finding`).
            GinIndex(signs_of("name_key"), name="resident_signs"),
            models.Index(
                OpClass(letters(r"[^a-z]", ""), "text_pattern_ops"), name="resident_pinyin"
            ),
            models.Index(OpClass(initials(), "text_pattern_ops"), name="resident_initials"),
            models.Index(last_digits("phone_key"), name="resident_last_digits"),
            models.Index(
                fields=["phone"],
                condition=Q(phone__regex=WITH_EXTENSION),
                name="resident_with_extension",
            ),
            models.Index(
                fields=["erase_due_on"],
                condition=Q(erase_due_on__isnull=False),
                name="resident_to_be_erased",
            ),
        ]
        constraints = [
            *lasting_checks("resident", ~Q(full_name=""), EMPTY_RESIDENT),
            models.CheckConstraint(
                condition=Q(full_name="", name_key="") | Q(name_key__regex="^[0-9]+:."),
                name="resident_name_has_a_key",
            ),
            models.CheckConstraint(
                condition=Q(phone_key="") | (~Q(phone="") & Q(phone_key__regex="^[0-9]+:[0-9]+$")),
                name="resident_phone_key_is_of_a_phone",
            ),
            models.CheckConstraint(
                condition=Q(departed_on=None, departure="")
                | Q(departed_on__isnull=False, departure__in=["moved", "died"]),
                name="resident_is_gone_for_a_known_cause",
            ),
            models.CheckConstraint(
                condition=Q(gender__in=["", "f", "m"]), name="resident_gender_is_known"
            ),
            models.CheckConstraint(
                condition=Q(residency__in=["permanent", "worker", "outside"]),
                name="resident_residency_is_known",
            ),
        ]
        triggers = [
            Guard(
                name="child_has_a_live_consent",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("birth_date", "erase_due_on"),  # type: ignore[no-untyped-call]
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition("people_is_child(NEW.birth_date)"),
                func="PERFORM people_check_child(NEW.id); RETURN NULL;",
            ),
            # Without its date of birth a child would lose every guard that asks for its age.
            Guard(
                name="a_child_stays_known_as_one",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("birth_date"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition(
                    "people_is_child(OLD.birth_date) AND NOT people_is_child(NEW.birth_date)"
                    " AND NEW.erased_at IS NULL AND NEW.merged_into_id IS NULL"
                ),
                found="FROM people_consent WHERE child_id = OLD.id",
                message="Somebody under 14 for whom a guardian consented keeps a date of birth.",
            ),
            Stays(
                name="keys_change_with_name_and_phone",
                operation=pgtrigger.UpdateOf("full_name", "phone"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition(LEFT_BEHIND),
                message="This name or phone has another key: write them together.",
            ),
            Guard(
                name="a_person_has_the_phone_of_the_account",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("phone", "account_id"),  # type: ignore[no-untyped-call]
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__account__isnull=False),
                first="PERFORM FROM accounts_user WHERE id = NEW.account_id FOR SHARE;",
                found="""
                FROM people_resident r JOIN accounts_user u ON u.id = r.account_id
                WHERE r.id = NEW.id AND r.phone <> u.phone
                """,
                message="An account and its person have one phone: change both together.",
            ),
            Guard(
                name="consents_end_before_an_erasure",
                operation=pgtrigger.UpdateOf("erased_at"),  # type: ignore[no-untyped-call]
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__erased_at__isnull=False),
                func="PERFORM people_check_child(NEW.id); RETURN NULL;",
            ),
            *lasting_guards("resident", "people_resident"),
        ]

    @classmethod
    def from_db(cls, *row: Any, **_more: Any) -> Self:
        """Remembered with the request or the file that it is read for (`people.looks`)."""
        person, people = fresh(cls, *row), _people_read()
        if people is not None:
            people.append(person)
        return person

    def __str__(self) -> str:
        return self.full_name or str(_("erased person"))

    @property
    def is_gone(self) -> bool:
        """Moved away or died: nothing is sent, and nothing new is entered."""
        return self.departed_on is not None

    @property
    def is_locked(self) -> bool:
        """A child without a consent, waiting to be erased: nothing new is stored of it."""
        return self.erase_due_on is not None
