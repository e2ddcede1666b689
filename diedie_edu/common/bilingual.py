"""Text that the programme keeps in both languages of its pages."""

from typing import NamedTuple

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.typed_fields import TypedField

HEADING = "# "


def in_language(chinese: str, english: str) -> str:
    """The text in the reader's language; English falls back to Chinese."""
    return english if english and (get_language() or "").startswith("en") else chinese


class Section(NamedTuple):
    heading: str
    paragraphs: list[str]


def sections_of(text: str) -> list[Section]:
    """A text as staff write it: paragraphs stand apart by an empty line, "# " begins a heading.

    What stands before the first heading has none.
    """
    sections = [Section("", [])]
    for block in text.split("\n\n"):
        if block.strip().startswith(HEADING):
            sections.append(Section(block.strip().removeprefix(HEADING).strip(), []))
        elif block.strip():
            sections[-1].paragraphs.append(block.strip())
    return [section for section in sections if any(section)]


class Bilingual(models.Model):
    """A row with a title in both languages."""

    title_zh = TypedField(_("name, Chinese"), max_length=60)
    title_en = models.CharField(_("name, English"), max_length=90, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)
