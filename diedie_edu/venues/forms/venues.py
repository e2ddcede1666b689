"""A room as staff enter it."""

from diedie_edu.common import refusals
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.venues.actions import venues
from diedie_edu.venues.models import Venue


class VenueForm(EditModelForm):
    class Meta:
        model = Venue
        fields = "__all__"

    def clean_part_of(self) -> Venue | None:
        whole = self.cleaned_data["part_of"]
        with refusals.as_error():
            venues.try_part_of(venue=Venue(pk=self.instance.pk, part_of=whole))
        return whole
