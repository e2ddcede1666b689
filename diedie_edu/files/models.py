"""A file of the private store: a row here, and bytes under its key."""

from secrets import token_hex

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom

FOLDER = "files"


def unguessable() -> str:
    return token_hex(16)


class StoredFile(models.Model):
    """Bytes that no address leads to but the one door of `views`, which asks the file's kind.

    `actions.store` writes the bytes before the row and deletes the row before the bytes, so that
    whatever is cut off in the middle leaves bytes without a row, and those are swept away.
    """

    belongs = SHARED

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        PNG = "png", "PNG"
        JPEG = "jpeg", "JPEG"
        WEBP = "webp", "WEBP"
        DOCX = "docx", "Word"
        XLSX = "xlsx", "Excel"
        CSV = "csv", "CSV"
        AS_SENT = "sent", _("as it was sent")

    kind = models.CharField(_("kind of file"), max_length=20)
    key = models.CharField(max_length=32, unique=True, default=unguessable, editable=False)
    form = models.CharField(_("format"), max_length=4, choices=Form)
    title = models.CharField(_("what it is called"), max_length=120)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64, editable=False)
    kept_by = by_whom(_("kept by"))
    kept_at = models.DateTimeField(_("kept at"))
    ends_at = models.DateTimeField(_("is deleted at"), null=True, db_index=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["kept_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty"),
            models.CheckConstraint(
                condition=Q(key__regex="^[0-9a-f]{32}$"), name="file_key_tells_nothing"
            ),
            models.CheckConstraint(
                condition=Q(form__in=["pdf", "png", "jpeg", "webp", "docx", "xlsx", "csv", "sent"]),
                name="file_format_is_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("kept_at")), name="file_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """Where its bytes lie in the storage; nothing of the name that it was sent with."""
        return f"{FOLDER}/{self.key}.{self.form}"

    @property
    def is_picture(self) -> bool:
        return self.form in (self.Form.PNG, self.Form.JPEG, self.Form.WEBP)
