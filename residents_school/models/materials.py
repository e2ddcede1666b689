"""What goes with a lecture: slides, recipes, pictures."""

from secrets import token_hex

from django.db import models
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.documents import DocumentKind
from residents_school.models.lectures import Lecture

FOLDER = "materials"


def unguessable_name(material: "Material", _given: str) -> str:
    """Nothing of the name that it was sent with."""
    return f"{FOLDER}/{token_hex(16)}.{material.kind}"


class Material(models.Model):
    """A PDF or a picture, checked by its content (`common.documents`).

    `actions.remove_material` takes the file away with the row.
    """

    belongs = Along("lecture__programme__slug")
    lecture = models.ForeignKey(
        Lecture, models.PROTECT, related_name="materials", verbose_name=_("lecture")
    )
    title = models.CharField(_("what it is called"), max_length=80)
    kind = models.CharField(
        _("kind of file"), max_length=4, choices=[(kind, kind.upper()) for kind in DocumentKind]
    )
    file = models.FileField(_("file"), upload_to=unguessable_name, unique=True, editable=False)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64, editable=False)
    uploaded_by = by_whom(_("uploaded by"))
    uploaded_at = models.DateTimeField(_("uploaded at"))

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["uploaded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["lecture", "sha256"], name="material_once_per_lecture"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="material_is_not_empty"),
            models.CheckConstraint(
                condition=models.Q(kind__in=list(DocumentKind)), name="material_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_picture(self) -> bool:
        return DocumentKind(self.kind).is_picture

    @property
    def file_name(self) -> str:
        """What a browser calls it when it is kept."""
        return f"{self.title}.{self.kind}"
