"""Who belongs to a group, who asks to, and who tries it once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Attendance, Occasion, SignUp
from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.keys import CompositeKey
from diedie_edu.common.names import MAX_LENGTH, covered
from diedie_edu.common.references import DELETE, KEEP, MOVE, On
from diedie_edu.people.fields import NameKeyField, PhoneKeyField
from diedie_edu.people.models import Resident
from happy_square.models.children import at_an_occasion
from happy_square.models.groups import PROGRAMME, Group


class Membership(models.Model):
    """成员: what a group knows of one of those signed up.

    `since` is the day from which they have belonged to it, often long before the portal: whoever
    danced before is no new face. The leader sees a phone only where the member `shows_phone`.
    Whoever was added by the leader may still say no until `agreed_at`.
    """

    belongs = Always(PROGRAMME)
    sign_up = models.OneToOneField(
        SignUp,
        models.CASCADE,
        primary_key=True,
        related_name="membership",
        db_constraint=False,
        verbose_name=_("sign-up"),
    )
    group = models.ForeignKey(
        Group, models.CASCADE, related_name="memberships", verbose_name=_("group")
    )
    resident = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=KEEP),  # it moves with its sign-up
        related_name="memberships",
        verbose_name=_("resident"),
    )
    since = models.DateField(_("member since"))
    shows_phone = models.BooleanField(_("the leader may see the phone"), default=False)
    added_by = by_whom(_("entered by"), blank=True)
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["group", "since", "sign_up"]
        constraints = [
            CompositeKey(
                name="membership_is_of_its_sign_up",
                fields=["sign_up", "group", "resident"],
                to="activities.SignUp",
                to_fields=["id", "activity", "resident"],
                carried=True,
                deleted_with=True,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.since}"


class MemberEntry(models.Model):
    """Whom the leader has written down by name and phone: as a member or, with an `occasion`, as
    somebody who came to it for the first time.

    It is looked up in the background, so the page answers the same, in the same time, whether the
    register knows them or not. Whoever is found has the `sign_up`, or the `attendance`; of others
    staff see to it (`is_for_staff`). The row goes once all is settled.
    """

    belongs = Always(PROGRAMME)
    group = models.ForeignKey(
        Group, models.CASCADE, related_name="member_entries", verbose_name=_("group")
    )
    full_name = models.CharField(_("full name"), max_length=MAX_LENGTH)
    name_key = NameKeyField(source="full_name")
    phone = models.CharField(_("phone"), max_length=20)
    phone_key = PhoneKeyField(source="phone")
    since = models.DateField(_("member since"))
    sign_up = models.OneToOneField(
        SignUp,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="member_entry",
        verbose_name=_("sign-up"),
    )
    occasion = models.ForeignKey(
        Occasion,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="member_entries",
        verbose_name=_("occasion"),
    )
    attendance = models.OneToOneField(
        Attendance,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="member_entry",
        verbose_name=_("attendance"),
    )
    is_for_staff = models.BooleanField(_("staff see to it"), default=False)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = by_whom(_("entered by"))

    class Meta:
        verbose_name = _("member written down by the leader")
        verbose_name_plural = _("members written down by the leader")
        ordering = ["entered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "occasion", "name_key", "phone_key"],
                nulls_distinct=False,
                name="member_is_written_down_once",
            ),
            models.CheckConstraint(
                condition=Q(sign_up=None, attendance=None) | Q(is_for_staff=False),
                name="whoever_was_found_needs_no_staff",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {covered(self.full_name)}"


class JoinRequest(models.Model):
    """Somebody asks to belong to a group whose leader says yes or no; one open one a person."""

    belongs = Always(PROGRAMME)

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("taken back")

    group = models.ForeignKey(
        Group, models.CASCADE, related_name="join_requests", verbose_name=_("group")
    )
    resident = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        related_name="join_requests",
        verbose_name=_("resident"),
    )
    wants_reminders = models.BooleanField(_("wants reminders"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = by_whom(_("asked by"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = by_whom(_("answered by"), blank=True)

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "resident"],
                condition=Q(state="open"),
                name="one_open_request_to_join",
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None, answered_by=None)
                | Q(
                    state__in=["accepted", "declined", "withdrawn"],
                    answered_at__isnull=False,
                ),
                name="answer_to_a_request_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.get_state_display()}"


class Trial(models.Model):
    """试一次: somebody comes to one meet-up without joining."""

    belongs = Always(PROGRAMME)
    occasion = models.ForeignKey(
        Occasion, models.CASCADE, related_name="trials", verbose_name=_("occasion")
    )
    resident = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        related_name="trials",
        verbose_name=_("resident"),
    )
    wants_reminders = models.BooleanField(_("wants reminders"), default=True)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = by_whom(_("asked by"))

    class Meta:
        verbose_name = _("visit to try it")
        verbose_name_plural = _("visits to try it")
        ordering = ["occasion", "asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "resident"], name="tries_it_once_a_day"),
        ]
        triggers = [at_an_occasion("child_tries_where_children_may")]

    def __str__(self) -> str:
        return f"{self.occasion} · {self.asked_at:%Y-%m-%d}"
