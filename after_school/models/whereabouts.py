"""Where a child is that has not come, as somebody who answers for it says."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from after_school.models.guards import FromGuardian
from after_school.models.presence import Presence
from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard
from diedie_edu.common.references import EMPTY, MOVE, On
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.people.models import Resident


class Whereabouts(models.Model):
    """The last answer about a child that has not come; earlier ones stand in its log.

    A guardian gives it (`guardian`), or staff note it from a call (`noted_by`). A child on its way
    is awaited from `said_at` on; `alarmed_at` says when it counted as missing once more.
    """

    belongs = Along("presence__term__programme__slug")

    class Said(models.TextChoices):
        WITH_ME = "with_me", _("with me")
        ON_THE_WAY = "on_the_way", _("on the way")
        NOT_COMING = "not_coming", _("not coming today")

    class Way(models.TextChoices):
        LINK = "link", _("by the link")
        PAGE = "page", _("on the page")
        CALL = "call", _("by phone")

    presence = models.OneToOneField(
        Presence, models.CASCADE, related_name="whereabouts", verbose_name=_("presence")
    )
    said = models.CharField(_("what was said"), max_length=10, choices=Said)
    who = SealedTextField(_("who said it"))
    guardian = models.ForeignKey(
        Resident,
        On(erased=EMPTY, merged=MOVE),
        null=True,
        related_name="+",
        verbose_name=_("guardian"),
    )
    way = models.CharField(_("in which way"), max_length=4, choices=Way)
    noted_by = by_whom(_("noted by"))
    said_at = models.DateTimeField(_("said at"))
    alarmed_at = models.DateTimeField(_("missing once more at"), null=True)

    class Meta:
        verbose_name = _("where a child is")
        verbose_name_plural = _("where children are")
        constraints = [
            models.CheckConstraint(
                condition=Q(said__in=["with_me", "on_the_way", "not_coming"]) & ~Q(who=""),
                name="whereabouts_are_known_words_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(way__in=["link", "page"], noted_by=None)
                | Q(way="call", noted_by__isnull=False, guardian=None),
                name="a_guardian_says_it_or_staff_note_it",
            ),
            models.CheckConstraint(
                condition=Q(alarmed_at=None) | Q(said="on_the_way"),
                name="only_who_is_on_the_way_is_missing_once_more",
            ),
        ]
        triggers = [
            FromGuardian(
                name="who_answers_for_a_child_says_where_it_is",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("said_at"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(new__guardian__isnull=False),
            ),
            Guard(
                name="nobody_searches_for_a_child_that_came",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("said_at"),  # type: ignore[no-untyped-call]
                missing="""
                FROM after_school_presence
                WHERE id = NEW.presence_id AND arrived_at IS NULL FOR SHARE
                """,
                message="This child has come.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.get_said_display()}"
