"""What a version says: rows that only a draft lets change.

Each row keeps its `key` through all versions of a document, so two versions are compared line by
line. `SAID` are the columns that make its content: they are copied into the next version, shown to
whoever reviews it, and what is approved is bound to them byte for byte.
"""

from typing import Any, ClassVar
from uuid import uuid4

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Along
from diedie_edu.common.days import years_later
from diedie_edu.common.guards import Guard, NeverEmptied, Stays
from diedie_edu.files.models import StoredFile
from diedie_edu.office.models.versions import Version

IN_DRAFTS = Guard(
    name="content_changes_in_drafts_alone",
    constraint="content_changes_in_drafts_alone",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    first="""
        PERFORM FROM office_version
        WHERE id IN (OLD.version_id, NEW.version_id) FOR NO KEY UPDATE;
    """,
    found="""
        FROM office_version
        WHERE id IN (OLD.version_id, NEW.version_id) AND state <> 'draft'
    """,
    message="Only a draft is changed.",
)


class Content(models.Model):
    """A line of a version."""

    belongs = Along("version__document__programme")
    SAID: ClassVar[tuple[str, ...]] = ()

    version = models.ForeignKey(Version, models.CASCADE, related_name="%(class)s_rows")
    key = models.UUIDField(default=uuid4, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["version", "position", "id"]

    def said(self) -> dict[str, Any]:
        """Its content as plain data, money and days as text."""
        values = {name: getattr(self, column_of(type(self), name)) for name in self.SAID}
        plain = {
            name: value if value is None or isinstance(value, int | bool) else str(value)
            for name, value in values.items()
        }
        return {"key": str(self.key), "position": self.position} | plain

    @staticmethod
    def words(said: dict[str, Any]) -> tuple[str, str]:
        """Its content for a reader: what the line is called, and what it says."""
        raise NotImplementedError

    def copied(self, version: Version) -> "Content":
        """The same line in another version, not stored yet."""
        values = {
            column_of(type(self), name): getattr(self, column_of(type(self), name))
            for name in self.SAID
        }
        return type(self)(version=version, key=self.key, position=self.position, **values)

    def carried_over(self, version: Version) -> "Content | None":
        """The same line in a document of another period; None where it stays with the old one."""
        return self.copied(version)


def column_of(model: type[Content], name: str) -> str:
    """The attribute that holds it: of a key its number."""
    field: Any = model._meta.get_field(name)
    return str(field.attname)


def in_history(model: Any) -> Any:
    """Mark a table of lines: what one said before it was changed in a draft or taken out of it is
    kept, by triggers, so whatever the way it was written; with the account that `views.doors`
    names."""
    track = pghistory.track(
        pghistory.UpdateEvent(
            "changed", condition=pghistory.AnyChange(*model.SAID), row=pghistory.Old
        ),
        pghistory.DeleteEvent("removed", row=pghistory.Old),
        obj_field=pghistory.ObjForeignKey(related_name="events", null=True),
        attrs={"belongs": Along("version__document__programme")},
        meta={
            "verbose_name": _("earlier line"),
            "verbose_name_plural": _("earlier lines"),
            "triggers": [
                Stays(name="earlier_lines_stay", message="What was said before stays known."),
                NeverEmptied(name="earlier_lines_are_never_emptied"),
            ],
        },
    )
    return track(model)


@in_history
class Paragraph(Content):
    """An aim or a measure of a plan, or a part of any other text."""

    class Kind(models.TextChoices):
        AIM = "aim", _("aim")
        MEASURE = "measure", _("measure")
        TEXT = "text", _("text")

    SAID = ("kind", "title", "text")
    kind = models.CharField(_("what it is"), max_length=7, choices=Kind, default=Kind.TEXT)
    title = models.CharField(_("title"), max_length=120, blank=True, default="")
    text = models.TextField(_("text"))

    class Meta(Content.Meta):
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="paragraph_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["aim", "measure", "text"]) & ~Q(text=""),
                name="a_paragraph_has_a_text",
            ),
        ]
        triggers = [IN_DRAFTS, NeverEmptied(name="paragraphs_are_never_emptied")]

    def __str__(self) -> str:
        return self.title or self.text[:40]

    @staticmethod
    def words(said: dict[str, Any]) -> tuple[str, str]:
        kind = Paragraph.Kind(said["kind"]).label
        return f"{kind} {said['position']} {said['title']}".rstrip(), said["text"]


@in_history
class Milestone(Content):
    """里程碑: what is done from when to when, by whom, and which occasions fulfil it.

    `looks_for` are words in the title of an activity of the programme: the first one that takes
    place between the two days fulfils the milestone by itself; without words somebody ticks it.
    """

    SAID = ("title", "first_day", "last_day", "who", "looks_for")
    title = models.CharField(_("what is done"), max_length=120)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(pgettext_lazy("a day", "by"))
    who = models.CharField(_("by whom"), max_length=50, blank=True, default="")
    looks_for = models.CharField(
        _("fulfilled by an event called"),
        max_length=60,
        blank=True,
        default="",
        help_text=_("Words of its title; found by itself when it takes place."),
    )

    class Meta(Content.Meta):
        verbose_name = _("milestone of a plan")
        verbose_name_plural = _("milestones of a plan")
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="milestone_once"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")) & ~Q(title=""),
                name="milestone_has_its_days",
            ),
        ]
        triggers = [IN_DRAFTS, NeverEmptied(name="milestones_are_never_emptied")]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def words(said: dict[str, Any]) -> tuple[str, str]:
        days = f"{said['first_day']} – {said['last_day']}"
        text = " · ".join(filter(None, [days, said["who"], said["looks_for"]]))
        return f"{gettext('Milestone')} {said['position']} {said['title']}", text

    def carried_over(self, version: Version) -> Content:
        """Its days are as many years later as the document is."""
        row: Any = self.copied(version)
        years = version.document.year - self.version.document.year
        row.first_day = years_later(self.first_day, years)
        row.last_day = years_later(self.last_day, years)
        return row


class Attachment(Content):
    """A finished Word or PDF file that goes with a version whose figures alone are typed."""

    SAID = ("file", "sha256")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta(Content.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="attachment_once"),
        ]
        triggers = [IN_DRAFTS, NeverEmptied(name="attachments_are_never_emptied")]

    def __str__(self) -> str:
        return str(self.file)

    @staticmethod
    def words(said: dict[str, Any]) -> tuple[str, str]:
        return f"{gettext('Attachment')} {said['position']}", said["sha256"][:12]

    def carried_over(self, version: Version) -> None:
        """A finished file is of its own year."""
