"""What goes with a lecture: slides, recipes, pictures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Along
from diedie_edu.files.models import StoredFile
from residents_school.models.lectures import Lecture


class Material(models.Model):
    """A PDF or a picture; `actions.remove_material` takes the file away with the row."""

    belongs = Along("lecture__programme__slug")
    lecture = models.ForeignKey(
        Lecture, models.PROTECT, related_name="materials", verbose_name=_("lecture")
    )
    file = models.OneToOneField(
        StoredFile, models.PROTECT, related_name="material", verbose_name=_("file")
    )

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.file.title
