"""An activity with one occasion: a festival, a ceremony."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models.activities import Activity, Occasion


class Event(Activity):
    """What a programme's row of such an activity has besides its own columns.

    Without `needs_sign_up` people just come: sign-up opens as it begins, for whoever is checked in
    at the door.
    """

    introduction = models.TextField(_("what there is to see"), blank=True)
    needs_sign_up = models.BooleanField(_("people sign up"), default=False)

    class Meta:
        abstract = True

    @cached_property
    def occasion(self) -> Occasion:
        """Its one occasion; `queries.events.with_occasion` reads it along."""
        return self.occasions.select_related("venue").get()
