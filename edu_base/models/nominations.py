"""推荐: a worker whom an enterprise wishes to see studying, and what the worker says to that."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard
from diedie_edu.common.keys import CompositeKey
from diedie_edu.common.names import MAX_LENGTH, covered
from diedie_edu.common.references import EMPTY, MOVE, On
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.people.fields import NameKeyField, PhoneKeyField
from diedie_edu.people.models import Resident
from edu_base.models.applications import Application
from edu_base.models.enterprises import Allotment
from edu_base.models.schemes import PROGRAMME

USED_FOLLOWS = """
IF TG_OP <> 'INSERT' AND OLD.ended_at IS NULL THEN
    UPDATE edu_base_allotment SET used = used - 1 WHERE id = OLD.allotment_id;
END IF;
IF TG_OP <> 'DELETE' AND NEW.ended_at IS NULL THEN
    UPDATE edu_base_allotment SET used = used + 1 WHERE id = NEW.allotment_id;
END IF;
RETURN NULL;
"""


class Nomination(models.Model):
    """One worker in one year, by a link to their own phone.

    Facts 3 and PIPL art. 13: an enterprise cannot consent for its workers. Until they confirm,
    nothing is kept of them but what the enterprise wrote, and that goes when the nomination has
    ended; with `confirmed_at` there is an `application` of theirs. One that has ended no longer
    uses a place of the allotment. `left_on` is the day on which the enterprise said that the worker
    had left; staff then see to it. When its words are erased (`forgotten_at`), the row stays.
    """

    belongs = Always(PROGRAMME)

    class Ending(models.TextChoices):
        TAKEN_BACK = "taken_back", _("taken back")
        DECLINED = "declined", _("the worker said no")
        LAPSED = "lapsed", _("not confirmed in time")
        LEFT = "left", _("the worker has left the enterprise")

    allotment = models.ForeignKey(
        Allotment,
        models.PROTECT,
        related_name="nominations",
        db_constraint=False,
        verbose_name=_("places of an enterprise"),
    )
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    full_name = models.CharField(_("full name"), max_length=MAX_LENGTH)
    name_key = NameKeyField(source="full_name")
    phone = models.CharField(_("worker's own mobile"), max_length=20)
    phone_key = PhoneKeyField(source="phone")
    job = models.CharField(_("work in the enterprise"), max_length=60, blank=True)
    employed_since = models.DateField(_("works there since"), null=True, blank=True)
    reason = SealedTextField(_("what makes the worker outstanding"))
    nominated_at = models.DateTimeField(_("nominated at"))
    nominated_by = by_whom(_("entered by"), blank=True)
    person = models.ForeignKey(
        Resident,
        On(erased=EMPTY, merged=MOVE),
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("person"),
    )
    application = models.OneToOneField(
        Application,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="nomination",
        verbose_name=_("application"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, editable=False)
    left_on = models.DateField(_("left the enterprise on"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = by_whom(_("ended by"), blank=True)
    ending = models.CharField(_("how it ended"), max_length=10, choices=Ending, blank=True)
    forgotten_at = models.DateTimeField(_("words erased at"), null=True, editable=False)

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["nominated_at", "id"]
        indexes = [
            models.Index(
                fields=["nominated_at"],
                condition=Q(confirmed_at=None, ended_at=None),
                name="nominations_to_be_confirmed",
            ),
        ]
        constraints = [
            CompositeKey(
                name="nomination_is_of_its_allotment",
                fields=["allotment", "year"],
                to="edu_base.Allotment",
                to_fields=["id", "year"],
                carried=True,
            ),
            models.UniqueConstraint(
                fields=["year", "phone_key"],
                condition=Q(ended_at=None, forgotten_at=None),
                name="one_number_is_nominated_once",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at=None) & ~Q(full_name="") & ~Q(phone="") & ~Q(reason="")
                | Q(forgotten_at__isnull=False, full_name="", phone="", reason=""),
                name="nomination_is_somebodys_or_forgotten",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="", ended_by=None)
                | Q(ended_at__isnull=False) & ~Q(ending=""),
                name="nomination_ends_in_some_way",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | Q(person=None, application=None),
                name="nothing_is_made_of_a_nomination_before_its_yes",
            ),
        ]
        triggers = [
            Guard(
                name="used_follows_the_nominations",
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("ended_at")  # type: ignore[no-untyped-call]
                | pgtrigger.Delete,
                func=USED_FOLLOWS,
            ),
            Guard(
                name="a_nominee_has_a_number_of_their_own",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("phone", "confirmed_at"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition("NEW.ended_at IS NULL AND NEW.phone <> ''"),
                found="""
                FROM edu_base_allotment a JOIN people_organisation o ON o.id = a.enterprise_id
                WHERE a.id = NEW.allotment_id AND o.phone = NEW.phone
                """,
                message="This is the number of the contact person.",
            ),
            # Of those that have ended: whose the number was when it said yes.
            Guard(
                name="one_number_confirms_one_person",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("phone", "confirmed_at"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition("NEW.ended_at IS NULL AND NEW.phone <> ''"),
                found="""
                FROM edu_base_nomination n WHERE n.year = NEW.year AND n.id <> NEW.id
                AND n.phone_key = NEW.phone_key AND n.name_key <> NEW.name_key
                AND n.confirmed_at IS NOT NULL
                """,
                message="This number has confirmed somebody else this year.",
            ),
        ]

    def __str__(self) -> str:
        return f"{covered(self.full_name)} · {self.allotment}"
