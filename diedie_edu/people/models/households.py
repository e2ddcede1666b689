"""The household that people live in."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.guards import Stays
from diedie_edu.common.typed_fields import TypedField
from diedie_edu.people.fields import WITH_EXTENSION, TypedKeyField, last_digits, numbers_in


class Household(models.Model):
    """People who live together and may share a phone. Two spellings of a label have one key, and a
    word for “nothing” has none, so nobody is made family by it."""

    belongs = SHARED
    label = TypedField(_("household"), max_length=50, help_text=_("e.g. 12-3-501"))
    label_key = TypedKeyField(source="label")
    address = models.CharField(_("home address"), max_length=200, blank=True)
    phone = models.CharField(_("household phone"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        ordering = ["label", "id"]
        # What people are found by (`queries.finding`).
        indexes = [
            GinIndex(numbers_in("label"), name="household_numbers"),
            models.Index(last_digits("phone"), name="household_last_digits"),
            models.Index(
                fields=["phone"],
                condition=Q(phone__regex=WITH_EXTENSION),
                name="household_with_extension",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["label_key"], name="household_label_once"),
            models.CheckConstraint(
                condition=Q(label_key__regex="^[0-9]+:."), name="household_has_a_label"
            ),
        ]
        triggers = [
            Stays(
                name="key_changes_with_the_label",
                operation=pgtrigger.UpdateOf("label"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition(
                    "NEW.label_key = OLD.label_key"
                    " AND translate(lower(NEW.label), ' -', '')"
                    " <> translate(lower(OLD.label), ' -', '')"
                ),
                message="This label has another key: write them together.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
