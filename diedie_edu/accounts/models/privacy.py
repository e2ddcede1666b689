"""The privacy notice, its versions, and who agreed to which."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models.users import User
from diedie_edu.common.belonging import SHARED
from diedie_edu.common.bilingual import Section, in_language, sections_of
from diedie_edu.common.guards import Guard
from diedie_edu.common.references import KEEP, On

GAP = "【"  # begins what the community itself has to fill in


class PrivacyNotice(models.Model):
    """A version of the text people agree to when they register (PIPL art. 14, 17).

    That of the demonstration (`is_demo`) names nobody who answers for it: it counts in
    demonstrations alone.
    """

    belongs = SHARED
    version = models.CharField(_("version"), max_length=20, unique=True)
    text = models.TextField(
        _("text, Chinese"),
        help_text=_('Paragraphs stand apart by an empty line; "# " begins a heading.'),
    )
    text_en = models.TextField(_("text, English"))
    in_force_from = models.DateTimeField(_("in force from"))
    is_demo = models.BooleanField(_("the demonstration's"), default=False, editable=False)

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")
        ordering = ["-in_force_from"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text__contains=GAP) & ~Q(text_en__contains=GAP),
                name="no_gap_is_left_in_a_privacy_notice",
                violation_error_code="gap",
                violation_error_message=_(
                    "Fill in what stands between the marks 【】 first, in both languages."
                ),
            ),
        ]
        triggers = [
            Guard(
                name="what_people_agreed_to_stays_as_it_was",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("version", "text", "text_en"),
                found="FROM accounts_noticeacceptance WHERE notice_id = OLD.id",
                message="People have agreed to this version: publish a new one.",
            ),
        ]

    def __str__(self) -> str:
        return self.version

    def is_draft_at(self, now: datetime) -> bool:
        """A text that people have agreed to, or could have, stays as it was."""
        return self.in_force_from > now

    @property
    def sections(self) -> list[Section]:
        """The text in the reader's language."""
        return sections_of(in_language(self.text, self.text_en))


class NoticeAcceptance(models.Model):
    """Who agreed to which privacy notice, and when."""

    belongs = SHARED
    user = models.ForeignKey(User, On(erased=KEEP, merged=KEEP), related_name="acceptances")
    notice = models.ForeignKey(PrivacyNotice, models.PROTECT, related_name="acceptances")
    accepted_at = models.DateTimeField(_("accepted at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "notice"], name="notice_accepted_once")
        ]
