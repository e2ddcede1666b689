"""Children of a term, and the days on which they do not come."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from after_school.models.guards import ChildIsNotLocked, FewByOneAccount
from after_school.models.terms import Term, Weekday, Zone
from diedie_edu.activities.models import SignUp
from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.keys import CompositeKey
from diedie_edu.common.references import DELETE, MOVE, On
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.people.models import Resident


class Enrolment(models.Model):
    """What a guardian tells when a child is enrolled. Seat, queue and leaving are the sign-up's.

    `term` and `child` repeat those of the sign-up; composite foreign keys hold them to it, and
    let every other table be held to this one.
    """

    belongs = Along("term__programme__slug")
    sign_up = models.OneToOneField(
        SignUp, models.CASCADE, related_name="enrolment", verbose_name=_("sign-up")
    )
    term = models.ForeignKey(
        Term, models.CASCADE, related_name="enrolments", verbose_name=_("term")
    )
    child = models.ForeignKey(
        Resident, On(erased=DELETE, merged=MOVE), related_name="enrolments", verbose_name=_("child")
    )
    school = models.CharField(_("school"), max_length=60)
    grade = models.CharField(_("grade"), max_length=20)
    class_name = models.CharField(_("class at school"), max_length=20, blank=True)
    zone = models.ForeignKey(
        Zone, models.RESTRICT, related_name="enrolments", verbose_name=_("zone")
    )
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("comes on")
    )
    allergies = SealedTextField(_("allergies"), blank=True)
    notes = SealedTextField(_("what staff should know"), blank=True)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["child__sort_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["id", "child", "term"], name="enrolment_with_its_child_and_term"
            ),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=Weekday.values) & ~Q(weekdays=[]),
                name="enrolment_names_weekdays",
            ),
            models.CheckConstraint(
                condition=~Q(school="") & ~Q(grade=""), name="enrolment_names_the_school"
            ),
            CompositeKey(
                name="enrolment_is_of_its_sign_up",
                fields=["sign_up", "term", "child"],
                to="activities.SignUp",
                to_fields=["id", "activity", "resident"],
                deferred=True,
            ),
            CompositeKey(
                name="enrolment_is_in_a_zone_of_its_term",
                fields=["zone", "term"],
                to="after_school.Zone",
                to_fields=["id", "term"],
                deferred=True,
            ),
        ]
        triggers = [
            ChildIsNotLocked(name="a_locked_child_is_not_enrolled"),
            FewByOneAccount(
                name="an_account_enrols_few_children_by_itself",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("sign_up_id", "term_id"),  # type: ignore[no-untyped-call]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child} · {self.term}"


class Absence(models.Model):
    """A guardian says that a child does not come, for a day or a range."""

    belongs = Along("enrolment__term__programme__slug")
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="absences", verbose_name=_("enrolment")
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    reason = SealedTextField(_("reason"), blank=True)
    reported_by = by_whom(_("told by"))
    reported_at = models.DateTimeField(_("told at"))
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="absence_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.first_day:%Y-%m-%d}"
