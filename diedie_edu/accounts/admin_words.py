"""What the stock admin site says in English or by codes, in the reader's words."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.templatetags import admin_list
from django.db.models import Model
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

# Its own catalogue lacks these in Chinese, and ours comes first.
LACKING = (
    gettext_lazy("Model name"),
    gettext_lazy("Add link"),
    gettext_lazy("Change or view list link"),
)


def icon(value: bool | None) -> str:
    """Yes, no or unknown as a picture, which is read aloud in words."""
    name, words = {
        True: ("yes", _("yes")),
        False: ("no", _("no")),
        None: ("unknown", _("not known yet")),
    }[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{name}.svg"), words)


admin_list._boolean_icon = icon  # type: ignore[attr-defined]


def in_words(name: str, title: Any) -> Any:
    """The column of a field that holds several choices, by their labels."""

    @admin.display(description=title)
    def shown(row: Model) -> str:
        field: Any = row._meta.get_field(name)
        labels = dict(field.base_field.choices)
        return _(", ").join(str(labels[value]) for value in getattr(row, name))

    return shown


def label_as_collected(label: str) -> str:
    """The msgid of a field's label in the log: Django begins it with a capital, and would find no
    translation when the log is read."""
    plain = label[:1].lower() + label[1:]
    with override(settings.LANGUAGE_CODE):
        return plain if _(plain) != plain else label


class CodesFilter(admin.AllValuesFieldListFilter):
    """A filter by a column of codes, which `label` puts into words. Where all `codes` are known,
    the table need not be looked through for those that it holds."""

    codes: Callable[[], Iterable[str]] | None = None

    @staticmethod
    def label(code: str, /) -> str:
        raise NotImplementedError

    def __init__(self, *of_list: Any, **more: Any) -> None:
        super().__init__(*of_list, **more)
        if self.codes is not None:
            self.lookup_choices = sorted(  # type: ignore[assignment]
                self.codes(), key=self.label
            )

    def choices(self, changelist: Any) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        yield first
        for choice in others:
            yield {**choice, "display": self.label(str(choice["display"]))}
