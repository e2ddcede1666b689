"""What staff write beside an activity: notes for each other, and a word to everybody in it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models.activities import Activity
from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.references import DELETE, MOVE, On
from diedie_edu.people.models import Resident
from diedie_edu.programmes.models import Programme


class StaffNote(models.Model):
    """便条: a line from one colleague to the others, about an activity or about one person in it.

    Residents never see it. Whoever is erased takes the notes about them along.
    """

    belongs = Along("activity__programme__slug")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="staff_notes")
    resident = models.ForeignKey(
        Resident, On(erased=DELETE, merged=MOVE), null=True, related_name="+"
    )
    text = models.CharField(_("note for colleagues"), max_length=200)
    written_by = by_whom(_("written by"))
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("note for colleagues")
        verbose_name_plural = _("notes for colleagues")
        ordering = ["-written_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_note_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class WordToAll(models.Model):
    """给大家的话: what staff wrote to everybody of an activity, or to all who wish for a topic.

    It goes out once: `key` is that of the form it was written in. `about` names the thing as the
    messages do ("activity:7"), `people` is how many it went to. What has gone out stays as it was.
    """

    belongs = Along("programme__slug")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    about = models.CharField(max_length=60)
    title = models.CharField(_("what it is about"), max_length=80)
    text = models.CharField(_("word to everybody"), max_length=500)
    people = models.PositiveIntegerField(_("people"))
    key = models.UUIDField(unique=True, editable=False)
    sent_by = by_whom(_("written by"))
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        verbose_name = _("word to everybody")
        verbose_name_plural = _("words to everybody")
        ordering = ["-sent_at", "-id"]
        indexes = [models.Index(fields=["about", "-sent_at"], name="words_about_a_thing")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_word_says_something"),
        ]

    def __str__(self) -> str:
        return self.text
