"""Pictures for publicity: what they show, whom they show, and in which posts they stand."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard
from diedie_edu.common.manifests import programme_choices
from diedie_edu.common.references import KEEP, MOVE, On
from diedie_edu.files.models import StoredFile
from diedie_edu.people.models import Resident
from diedie_edu.publicity.models.posts import Post


class Picture(models.Model):
    """A picture of a programme or (empty) of all, in two sizes: for pages, and as a share card.

    Civil Code art. 1019: somebody first says who can be recognised in it (`faces`). Until then, and
    while one of them has no live permission, nobody but those who publish sees it
    (`queries.pictures.shown_pictures` is the one place that says so).
    """

    belongs = Along("programme")

    class Faces(models.TextChoices):
        NOBODY = "nobody", _("nobody can be recognised")
        NAMED = "named", _("all who can be recognised are named here")

    programme = models.SlugField(_("programme"), blank=True, choices=programme_choices)
    file = models.OneToOneField(
        StoredFile, models.PROTECT, related_name="publicity_picture", verbose_name=_("file")
    )
    card = models.OneToOneField(
        StoredFile, models.PROTECT, related_name="publicity_card", verbose_name=_("share card")
    )
    width = models.PositiveSmallIntegerField(editable=False)
    height = models.PositiveSmallIntegerField(editable=False)
    alt = models.CharField(_("what it shows"), max_length=120)
    faces = models.CharField(_("who can be recognised"), max_length=6, choices=Faces, blank=True)
    told_at = models.DateTimeField(_("said at"), null=True)
    told_by = by_whom(_("said by"))
    people = models.ManyToManyField(
        Resident, through="PersonInPicture", related_name="+", verbose_name=_("people in it")
    )

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(alt=""), name="publicity_picture_is_described"),
            models.CheckConstraint(
                condition=Q(faces="", told_at=None)
                | Q(faces__in=["nobody", "named"], told_at__isnull=False),
                name="somebody_said_whom_a_picture_shows",
            ),
        ]

    def __str__(self) -> str:
        return self.alt


class PersonInPicture(models.Model):
    """Somebody who can be recognised. Whoever is erased takes the picture along."""

    belongs = Along("picture__programme")
    picture = models.ForeignKey(
        Picture, models.CASCADE, related_name="shown", verbose_name=_("picture")
    )
    person = models.ForeignKey(
        Resident,
        On(erased=KEEP, merged=MOVE),
        related_name="shown_in",
        verbose_name=_("who is shown"),
    )

    class Meta:
        verbose_name = _("person in a picture")
        verbose_name_plural = _("people in pictures")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["picture", "person"], name="person_in_a_picture_once"),
        ]
        triggers = [
            Guard(
                name="whoever_is_shown_has_agreed",
                operation=pgtrigger.Insert,
                missing="""
                FROM publicity_pictureconsent
                WHERE person_id = NEW.person_id AND withdrawn_at IS NULL
                """,
                message="Nobody is named in a picture without a recorded permission.",
            )
        ]


class PostPicture(models.Model):
    """A picture in a post. The text says `![](2)` for its number 2; the rest stand below it."""

    belongs = Along("post__programme")
    post = models.ForeignKey(Post, models.CASCADE, related_name="pictures", verbose_name=_("post"))
    picture = models.ForeignKey(
        Picture, models.CASCADE, related_name="places", verbose_name=_("picture")
    )
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        verbose_name = _("picture in a post")
        verbose_name_plural = _("pictures in posts")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "picture"], name="picture_in_a_post_once"),
            models.UniqueConstraint(fields=["post", "number"], name="number_in_a_post_once"),
        ]
