"""The liaison log (挂钩、沟通、协调): whom a programme spoke to outside, and what follows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.people.models import Organisation
from diedie_edu.programmes.models import Programme


class Side(models.TextChoices):
    """With whom programmes liaise; the plan names another side for each (`parts.LiaisonSide`)."""

    COMMUNITY = "community", pgettext_lazy("the other side", "community")
    CIVIL_GROUP = "civil_group", pgettext_lazy("the other side", "civil group")
    ENTERPRISE = "enterprise", pgettext_lazy("the other side", "enterprise")
    COMMITTEE = "committee", pgettext_lazy("the other side", "party committee")


class Contact(models.Model):
    """挂钩联络: one talk, visit or meeting of a programme with somebody outside.

    `person` and `phone` are those of the other side; only who keeps the log reads them, so nothing
    personal belongs into `subject` and `agreed`.
    """

    belongs = Along("programme__slug")
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="contacts", verbose_name=_("programme")
    )
    side = models.CharField(_("with whom"), max_length=12, choices=Side)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("organisation"),
    )
    person = models.CharField(_("person of the other side"), max_length=50, blank=True)
    phone = SealedTextField(_("phone"), blank=True)
    held_on = models.DateField(_("day"))
    held_by = by_whom(_("who of us"), null=False)
    subject = models.CharField(pgettext_lazy("a contact", "about what"), max_length=120)
    agreed = models.TextField(_("what was agreed"), blank=True)
    made_by = by_whom(_("entered by"), null=False, editable=False)
    made_at = models.DateTimeField(_("entered at"), editable=False)

    class Meta:
        verbose_name = pgettext_lazy("with the other side", "contact")
        verbose_name_plural = pgettext_lazy("with the other side", "contacts")
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["programme", "-held_on"], name="contacts_of_a_programme")]
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="side_of_a_contact_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(subject=""), name="a_contact_says_what_it_was_about"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def with_whom(self) -> str:
        """The organisation, or else what kind of side it is; never a person."""
        return str(self.organisation or self.get_side_display())


class FollowUp(models.Model):
    """What follows from a contact: who of ours does it, and by when.

    While it is open `owner` is reminded on `remind_on`, and again from then on.
    """

    belongs = Along("contact__programme__slug")
    contact = models.ForeignKey(
        Contact, models.CASCADE, related_name="follow_ups", verbose_name=_("contact")
    )
    what = models.CharField(_("what follows"), max_length=120)
    owner = by_whom(_("who does it"), null=False)
    due_on = models.DateField(_("to be done by"))
    remind_on = models.DateField(_("next reminder on"), null=True, editable=False)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True, editable=False)
    done_by = by_whom(_("done by"), blank=True, editable=False)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_at=None), name="follow_ups_to_do"),
            models.Index(
                fields=["remind_on"], condition=Q(done_at=None), name="follow_ups_to_remind_of"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="a_follow_up_says_what"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, remind_on__isnull=False)
                | Q(done_at__isnull=False, done_by__isnull=False, remind_on=None),
                name="a_follow_up_is_reminded_of_or_done",
            ),
        ]

    def __str__(self) -> str:
        return self.what
