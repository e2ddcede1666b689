"""The privacy notice, its versions, and who agreed to which."""

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models.users import User
from diedie_edu.common.bilingual import in_language

HEADING = "# "


class Section(NamedTuple):
    heading: str
    paragraphs: list[str]


class PrivacyNotice(models.Model):
    """A version of the text people agree to when they register (PIPL art. 14, 17)."""

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
        """The text in the reader's language; what stands before the first heading has none."""
        sections = [Section("", [])]
        for block in in_language(self.text, self.text_en).split("\n\n"):
            if block.startswith(HEADING):
                sections.append(Section(block.removeprefix(HEADING).strip(), []))
            elif block.strip():
                sections[-1].paragraphs.append(block.strip())
        return [section for section in sections if any(section)]


class NoticeAcceptance(models.Model):
    """Who agreed to which privacy notice, and when."""

    user = models.ForeignKey(User, models.CASCADE, related_name="acceptances")
    notice = models.ForeignKey(PrivacyNotice, models.PROTECT, related_name="acceptances")
    accepted_at = models.DateTimeField(_("accepted at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "notice"], name="notice_accepted_once")
        ]
