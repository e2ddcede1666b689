"""Permission to be shown in pictures: the person's own, under 14 a guardian's."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard, Stays
from diedie_edu.common.references import KEEP, MOVE, On
from diedie_edu.people.models import Resident


class PictureConsent(models.Model):
    """Somebody may be shown recognisably in the community's publicity until they say no.

    Civil Code art. 1019; PIPL art. 14, 15, 31. It is an own one, for pictures alone: what a
    guardian agreed to for the 4:30 school or a group does not count, and this lets no child's data
    be kept. A guardian's goes on after the 14th birthday; the person may then withdraw it alone.
    """

    belongs = SHARED
    person = models.ForeignKey(
        Resident,
        On(erased=KEEP, merged=MOVE),
        related_name="picture_consents",
        verbose_name=_("who is shown"),
    )
    guardian = models.ForeignKey(
        Resident,
        On(erased=KEEP, merged=MOVE),
        null=True,
        blank=True,
        related_name="picture_consents_given",
        verbose_name=_("guardian who agreed"),
    )
    given_on = models.DateField(pgettext_lazy("a permission", "given on"))
    paper_reference = models.CharField(_("where the signed paper lies"), max_length=60)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = by_whom(_("recorded by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = by_whom(_("withdrawn by"))

    class Meta:
        verbose_name = _("picture permission")
        verbose_name_plural = _("picture permissions")
        ordering = ["-given_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(withdrawn_at=None), name="picture_consent_once"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("guardian")), name="picture_guardian_is_somebody_else"
            ),
            models.CheckConstraint(
                condition=~Q(paper_reference=""), name="picture_consent_says_where_its_paper_lies"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__gte=F("recorded_at")),
                name="picture_consent_ends_after_it_began",
            ),
        ]
        triggers = [
            Guard(
                name="a_guardian_agrees_for_a_child",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__guardian__isnull=True),
                found="""
                FROM people_resident WHERE id = NEW.person_id AND people_is_child(birth_date)
                """,
                message="Under 14 a guardian agrees.",
            ),
            Guard(
                name="only_a_guardian_agrees_for_somebody",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__guardian__isnull=False),
                missing="""
                FROM people_guardianship
                WHERE guardian_id = NEW.guardian_id AND child_id = NEW.person_id
                """,
                message="Only a guardian agrees for somebody else.",
            ),
            Stays(
                name="a_picture_consent_stays_as_given",
                condition=pgtrigger.AnyChange("given_on", "paper_reference", "recorded_at"),
                message="What was agreed to stays written down. Withdraw it, or enter another one.",
            ),
            Stays(
                name="a_withdrawn_picture_consent_stays_so",
                condition=pgtrigger.Condition(
                    "OLD.withdrawn_at IS NOT NULL"
                    " AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at"
                ),
                message="This was withdrawn. Enter a new one.",
            ),
            Stays(
                name="picture_consents_are_kept",
                operation=pgtrigger.Delete,
                message="A permission is withdrawn, never deleted.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.given_on}"
