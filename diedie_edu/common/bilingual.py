"""Text that the programme keeps in both languages of its pages."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def in_language(chinese: str, english: str) -> str:
    """The text in the reader's language; English falls back to Chinese."""
    return english if english and (get_language() or "").startswith("en") else chinese


class Bilingual(models.Model):
    """A row with a title in both languages."""

    title_zh = models.CharField(_("name, Chinese"), max_length=60)
    title_en = models.CharField(_("name, English"), max_length=90, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)
