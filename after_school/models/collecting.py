"""Who may take a child away: named people, a pass for one day, or the child alone."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from after_school.models.guards import ChildIsNotLocked, NotBarred
from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Stays
from diedie_edu.common.references import DELETE, MOVE, REFUSE, On
from diedie_edu.people.fields import NameKeyField, PhoneKeyField
from diedie_edu.people.models import Resident


class Collector(models.Model):
    """Somebody a guardian names; guardians stand in this list themselves (`guardian`).

    From `valid_from` to `valid_until` (open where empty), both included, unless barred or taken
    from the list (`ended_at`). A bar is on the person: nobody of that name or phone is named anew,
    and no pass is good for them. The last lifting of a bar keeps who lifted it, and why.
    """

    belongs = Always("after-school")
    child = models.ForeignKey(
        Resident, On(erased=DELETE, merged=MOVE), related_name="collectors", verbose_name=_("child")
    )
    guardian = models.ForeignKey(
        Resident,
        On(erased=REFUSE, merged=MOVE),
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the guardian this is"),
    )
    full_name = models.CharField(_("full name"), max_length=50)
    name_key = NameKeyField(source="full_name")
    phone = models.CharField(_("contact phone"), max_length=20)
    phone_key = PhoneKeyField(source="phone")
    relation = models.CharField(_("who this is to the child"), max_length=20)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    named_by = by_whom(_("named by"), null=False)
    named_at = models.DateTimeField(_("named at"))
    barred_at = models.DateTimeField(_("barred at"), null=True, blank=True)
    barred_by = by_whom(_("barred by"), blank=True)
    barred_reason = models.CharField(_("why barred"), max_length=200, blank=True)
    lifted_at = models.DateTimeField(_("bar lifted at"), null=True, blank=True)
    lifted_by = by_whom(_("bar lifted by"), blank=True)
    lifted_reason = models.CharField(_("why lifted"), max_length=200, blank=True)
    ended_at = models.DateTimeField(_("taken from the list at"), null=True, blank=True)

    class Meta:
        verbose_name = _("person who may collect")
        verbose_name_plural = _("people who may collect")
        ordering = ["child", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(full_name="") & ~Q(phone=""), name="collector_can_be_asked_for"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="collector_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(barred_at=None, barred_by=None, barred_reason="")
                | (Q(barred_at__isnull=False, barred_by__isnull=False) & ~Q(barred_reason="")),
                name="barring_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_reason="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_reason="")),
                name="lifting_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["child", "guardian"],
                condition=Q(guardian__isnull=False),
                name="guardian_collects_once",
            ),
        ]
        triggers = [
            ChildIsNotLocked(name="nobody_is_named_for_a_locked_child"),
            NotBarred(
                name="a_barred_person_is_not_named_anew",
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("child_id", "name_key", "phone_key", "barred_at"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(new__barred_at__isnull=True),
                found="""
                WHERE after_school_is_barred(
                    NEW.child_id, NEW.name_key, NEW.phone_key, NEW.guardian_id)
                """,
            ),
            Stays(
                name="a_bar_is_lifted_by_somebody_with_a_reason",
                operation=pgtrigger.UpdateOf("barred_at"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition(
                    "OLD.barred_at IS NOT NULL AND NEW.barred_at IS NULL"
                    " AND (NEW.lifted_at < OLD.barred_at) IS NOT FALSE"
                ),
                message="Say who lifts the bar, and why.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_barred(self) -> bool:
        return self.barred_at is not None


MAX_TRIES = 5


class CollectorPass(models.Model):
    """A six-digit code for one day, given by a guardian to somebody; only its hash is kept."""

    belongs = Always("after-school")
    MAX_TRIES = MAX_TRIES

    child = models.ForeignKey(
        Resident, On(erased=DELETE, merged=MOVE), related_name="passes", verbose_name=_("child")
    )
    day = models.DateField(_("day"))
    full_name = models.CharField(_("who collects"), max_length=50)
    name_key = NameKeyField(source="full_name")
    phone = models.CharField(_("contact phone"), max_length=20, blank=True)
    phone_key = PhoneKeyField(source="phone")
    code_hash = models.CharField(max_length=64, editable=False)
    expires_at = models.DateTimeField(_("good until"))
    made_by = by_whom(_("made by"), null=False)
    made_at = models.DateTimeField(_("made at"))
    tries = models.PositiveSmallIntegerField(_("wrong tries"), default=0)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("pass for one day")
        verbose_name_plural = _("passes for one day")
        ordering = ["-day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code_hash__regex="^[0-9a-f]{64}$"), name="pass_keeps_only_a_hash"
            ),
            models.CheckConstraint(condition=Q(tries__lte=MAX_TRIES), name="pass_has_five_tries"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="pass_expires_after_its_making"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None)
                | Q(used_at__lte=F("expires_at"), taken_back_at=None, tries__lt=MAX_TRIES),
                name="pass_is_used_while_it_is_good",
            ),
            models.CheckConstraint(condition=~Q(full_name=""), name="pass_names_a_person"),
        ]
        triggers = [
            ChildIsNotLocked(name="no_pass_is_made_for_a_locked_child"),
            NotBarred(name="no_pass_is_made_for_a_barred_person", operation=pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} {self.day:%Y-%m-%d}"


class WalkHomePermission(models.Model):
    """A guardian lets a child go home alone, from a day to a day."""

    belongs = Always("after-school")
    child = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        related_name="walk_home_permissions",
        verbose_name=_("child"),
    )
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"))
    given_by = by_whom(_("given by"), null=False)
    given_at = models.DateTimeField(_("given at"))
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("permission to walk home")
        verbose_name_plural = _("permissions to walk home")
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")),
                name="walking_home_ends_after_it_begins",
            ),
        ]
        triggers = [ChildIsNotLocked(name="a_locked_child_gets_no_permission")]

    def __str__(self) -> str:
        return f"{self.valid_from:%Y-%m-%d} – {self.valid_until:%Y-%m-%d}"
