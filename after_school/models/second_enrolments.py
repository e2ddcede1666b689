"""Enrolments that staff look at first."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from after_school.models.terms import Term
from diedie_edu.common.belonging import Along
from diedie_edu.common.references import DELETE, MOVE, On
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.people.models import ConsentText, Resident


class SecondEnrolment(models.Model):
    """What somebody told to enrol a child who is known by another guardian, or one more than an
    account enrols by itself, until staff decide.

    It stands apart and sealed: nothing of it reaches the child's own rows before. `sent` is what
    was told, `agreed_to` the consent text, `child` empty where such a child is in no list. With
    `is_another_child` staff say that two children have one name and one birth date.
    """

    belongs = Along("term__programme__slug")
    term = models.ForeignKey(Term, models.CASCADE, related_name="+", verbose_name=_("term"))
    child = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        null=True,
        related_name="second_enrolments",
        verbose_name=_("the child that is known"),
    )
    child_hash = models.CharField(max_length=70, editable=False)
    guardian = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        related_name="+",
        verbose_name=_("who enrols"),
    )
    agreed_to = models.ForeignKey(
        ConsentText, models.PROTECT, related_name="+", verbose_name=_("consent text")
    )
    paper_reference = models.CharField(_("where the paper lies"), max_length=60, blank=True)
    sent = SealedTextField()
    is_another_child = models.BooleanField(_("is another child"), default=False)

    class Meta:
        verbose_name = _("second enrolment")
        verbose_name_plural = _("second enrolments")
        constraints = [
            models.UniqueConstraint(
                fields=["term", "child_hash", "guardian"], name="second_enrolment_once"
            ),
            models.CheckConstraint(condition=~Q(sent=""), name="second_enrolment_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.guardian} · {self.term}"
