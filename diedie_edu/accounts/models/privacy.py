"""The privacy notice, its versions, and who agreed to which."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models.users import User
from diedie_edu.common.belonging import SHARED
from diedie_edu.common.bilingual import Section, in_language, sections_of
from diedie_edu.common.references import KEEP, On


class PrivacyNotice(models.Model):
    """A version of the text people agree to when they register (PIPL art. 14, 17)."""

    belongs = SHARED
    version = models.CharField(_("version"), max_length=20, unique=True)
    text = models.TextField(
        _("text, Chinese"),
        help_text=_('Paragraphs stand apart by an empty line; "# " begins a heading.'),
    )
    text_en = models.TextField(_("text, English"))
    in_force_from = models.DateTimeField(_("in force from"))

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")
        ordering = ["-in_force_from"]

    def __str__(self) -> str:
        return self.version

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
