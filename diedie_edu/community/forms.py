"""The community's facts as staff enter them."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.documents import PICTURES
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.fields import OrganisationPhoneField
from diedie_edu.common.inputs import ClockInput
from diedie_edu.common.manifests import parts_of
from diedie_edu.community import actions
from diedie_edu.community.kinds import Telephone
from diedie_edu.community.models import Community

PLACE = ("address_zh", "address_en", "hours_zh", "hours_en")
NUMBER = "number_"  # in front of the names of fields with further telephones


class CommunityForm(EditModelForm):
    """All facts of the one row. A logo is chosen by itself: it is a file."""

    new_logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": PICTURES}),
        help_text=_("A picture, best as wide as it is high; else it is the portal's own."),
    )

    class Meta:
        model = Community
        fields = (
            *("title_zh", "title_en", "short_zh", "short_en"),
            *("phone", *PLACE),
            *("palette", "quiet_from", "quiet_until"),
        )
        field_classes = {"phone": OrganisationPhoneField}
        widgets = {
            "palette": forms.RadioSelect,
            "quiet_from": ClockInput,
            "quiet_until": ClockInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in parts_of(Telephone):
            self.fields[f"{NUMBER}{row.code}"] = OrganisationPhoneField(
                label=capfirst(row.label),
                required=False,
                initial=self.instance.phones.get(row.code, ""),
            )
        if self.instance.logo_id:
            self.fields["no_logo"] = forms.BooleanField(
                label=_("Without a logo of our own"), required=False
            )

    def groups(self) -> list[tuple[Promise, list[forms.BoundField]]]:
        """The fields as they stand together, each group under its words."""
        more = [name for name in self.fields if name.startswith(NUMBER)]
        look = ["new_logo", "no_logo", "palette"]
        groups = [
            (_("What it is called"), ["title_zh", "title_en", "short_zh", "short_en"]),
            (_("Where people ring and find us"), ["phone", *more, *PLACE]),
            (_("How it looks"), [name for name in look if name in self.fields]),
            (_("When phones stay quiet"), ["quiet_from", "quiet_until"]),
        ]
        return [(title, [self[name] for name in names]) for title, names in groups]

    def numbers(self) -> dict[str, str]:
        """The further telephones, by their codes; an empty one is none."""
        typed = {row.code: self.cleaned_data[f"{NUMBER}{row.code}"] for row in parts_of(Telephone)}
        return {code: number for code, number in typed.items() if number}

    def keep(self, *, by: User | None, now: datetime) -> Community:
        """What a valid form says. Raises `Refused` for a file that is no logo."""
        row = self.instance
        row.phones = self.numbers()
        if self.cleaned_data.get("no_logo"):
            row.logo = None
        if chosen := self.cleaned_data["new_logo"]:
            row.logo = actions.keep_logo(data=chosen.read(), by=by, now=now)
        return actions.keep(community=row, by=by, now=now)

    def stored(self) -> dict[str, Any]:
        """A file is never compared: whoever chose one means it."""
        return {name: value for name, value in super().stored().items() if name != "new_logo"}
