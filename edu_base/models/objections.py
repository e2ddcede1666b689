"""Objections to somebody on a public announcement."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard, NeverEmptied, Stays
from diedie_edu.common.sealed import SealedTextField
from edu_base.models.applications import Application
from edu_base.models.schemes import PROGRAMME
from edu_base.models.states import State

# What reviewing a case is; to rank and to propose is arithmetic.
REVIEWING = (State.MORE_ASKED, State.ELIGIBLE, State.INTERVIEWED, State.REFUSED)
REVIEWING_SQL = ", ".join(f"'{state}'" for state in REVIEWING)


class Objection(models.Model):
    """异议: what somebody says against an application while it stands in public.

    `objector` and `words` are for staff alone; the `phone` is there until the decision, for one
    text message in their `language`. Somebody who did not review the case decides, before the
    application goes on: upheld, it ends, and its place is free. `answer` is what the objector
    reads, and where it is upheld the applicant too. `sheet` is the number of the form it came by,
    so that sending it twice enters one.
    """

    belongs = Always(PROGRAMME)

    class Way(models.TextChoices):
        FORM = "form", pgettext_lazy("an objection", "by the form on the portal")
        PAPER = "paper", pgettext_lazy("an objection", "on paper")
        PHONE = "phone", pgettext_lazy("an objection", "by telephone")

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="objections", verbose_name=_("application")
    )
    way = models.CharField(_("how it came"), max_length=5, choices=Way)
    objector = SealedTextField(_("who objects"), blank=True)
    phone = SealedTextField(_("phone"), blank=True)
    language = models.CharField(_("language"), max_length=10)
    words = SealedTextField(_("in own words"), blank=True)
    received_on = models.DateField(_("received on"))
    sheet = models.UUIDField(unique=True, editable=False)
    made_by = by_whom(_("entered by"), blank=True)
    made_at = models.DateTimeField(_("entered at"))
    upheld = models.BooleanField(_("upheld"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    decided_by = by_whom(pgettext_lazy("without a request", "decided by"), blank=True)
    decided_at = models.DateTimeField(
        pgettext_lazy("without a request", "decided at"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(
                fields=["application"], condition=Q(decided_at=None), name="objections_to_decide"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(upheld=None, answer="", decided_by=None, decided_at=None)
                | Q(upheld__isnull=False, decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(answer="")
                & Q(phone=""),
                name="phone_of_an_objector_goes_with_the_decision",
            ),
            models.CheckConstraint(
                condition=Q(way="form", made_by=None) | ~Q(way="form") & Q(made_by__isnull=False),
                name="objection_on_paper_was_entered_by_somebody",
            ),
        ]
        triggers = [
            Guard(
                name="objections_are_to_those_in_public",
                operation=pgtrigger.Insert,
                first="PERFORM FROM edu_base_application WHERE id = NEW.application_id"
                " FOR NO KEY UPDATE;",
                missing="""
                FROM edu_base_listing l JOIN edu_base_announcement a ON a.id = l.announcement_id
                JOIN edu_base_application p ON p.id = l.application_id
                WHERE p.id = NEW.application_id AND p.state = 'announced'
                  AND NEW.received_on BETWEEN a.first_on AND a.last_on
                """,
                message="Objections are to those who stand in public, while they do.",
            ),
            Guard(
                name="whoever_reviewed_does_not_decide_objections",
                operation=pgtrigger.UpdateOf("decided_by_id"),  # type: ignore[no-untyped-call]
                found=f"""
                FROM edu_base_step s WHERE s.application_id = NEW.application_id
                  AND s.by_id = NEW.decided_by_id AND s.acting = 'staff'
                  AND s.state IN ({REVIEWING_SQL})
                UNION ALL SELECT FROM edu_base_review m
                JOIN edu_base_reviewer r ON r.id = m.reviewer_id
                WHERE m.application_id = NEW.application_id AND r.account_id = NEW.decided_by_id
                """,  # nosec B608 (constants of the code)
                message="Somebody who did not review the case decides an objection.",
            ),
            Stays(
                name="what_was_decided_on_an_objection_stays",
                condition=pgtrigger.Condition(
                    "OLD.decided_at IS NOT NULL AND (OLD.upheld, OLD.answer, OLD.decided_by_id,"
                    " OLD.decided_at, OLD.application_id) IS DISTINCT FROM (NEW.upheld, NEW.answer,"
                    " NEW.decided_by_id, NEW.decided_at, NEW.application_id)"
                ),
                message="An objection is decided once.",
            ),
            Stays(
                name="that_somebody_objected_stays",
                operation=pgtrigger.Delete,
                message="Its words can be erased; that somebody objected stays.",
            ),
            NeverEmptied(name="objections_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} · {self.received_on:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.decided_at is None
