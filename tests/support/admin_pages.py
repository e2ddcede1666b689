"""All pages of the admin site: their addresses, and what a reader sees or hears on them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from html.parser import HTMLParser

from django.apps import apps
from django.contrib import admin
from django.db.models import DateTimeField, Model
from django.urls import NoReverseMatch, reverse

from diedie_edu.common.days import ZONE

Moment = tuple[int, int, str]  # month, day, hour and minute
SHOWN = re.compile(r"(\d{1,2})[月-](\d{1,2})日?(?:（周.）)?[\s,，T]*(\d{1,2}:\d{2})")
UNSEEN = {"script", "style", "template", "textarea"}
ALONE = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SPOKEN = ("title", "placeholder", "aria-label", "alt", "label")


def all_pages() -> Iterator[str]:
    """Lists, forms to add, and all pages of the first row of each model."""
    yield reverse("admin:index")
    for app in sorted({model._meta.app_label for model in admin.site._registry}):
        yield reverse("admin:app_list", args=[app])
    for model in admin.site._registry:
        yield from pages_of(model)


def pages_of(model: type[Model]) -> Iterator[str]:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    first = model._default_manager.order_by("pk").values_list("pk", flat=True).first()
    for page in ("changelist", "add", "export", "import"):
        try:
            yield reverse(f"{name}_{page}")
        except NoReverseMatch:
            continue
    yield from (reverse(f"{name}_{page}", args=[first]) for page in ("change", "history", "delete"))


class _Reader(HTMLParser):
    def __init__(self, untold: re.Pattern[str]) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.untold, self.hidden = untold, list[bool]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {key: value or "" for key, value in attrs}
        untold = any(map(self.untold.fullmatch, has.get("class", "").split()))
        if tag not in ALONE:
            self.hidden.append(tag in UNSEEN or untold)
        if not any(self.hidden):
            button = has.get("value") if has.get("type") in ("submit", "button") else None
            self.texts += filter(None, [button, *(has.get(name) for name in SPOKEN)])

    def handle_endtag(self, tag: str) -> None:
        if tag not in ALONE and self.hidden:
            self.hidden.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.hidden):
            self.texts.append(data)


def texts_on(html: str, untold: re.Pattern[str]) -> list[str]:
    """But for what stands in elements of classes that are `untold`, such as fields of data."""
    reader = _Reader(untold)
    reader.feed(html)
    return [" ".join(text.split()) for text in reader.texts if text.strip()]


def times_of_greenwich() -> set[Moment]:
    """All moments of the database as the clock of Greenwich has them, and ours never."""
    return _stored(UTC) - _stored(ZONE)


def moments_in(text: str) -> set[Moment]:
    found = SHOWN.findall(text)
    return {(int(month), int(day), clock.zfill(5)) for month, day, clock in found}


def _stored(zone: tzinfo) -> set[Moment]:
    there = (moment.astimezone(zone) for moment in _all_moments())
    return {(moment.month, moment.day, f"{moment:%H:%M}") for moment in there}


def _all_moments() -> Iterator[datetime]:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, DateTimeField):
                rows = model._default_manager.exclude(**{field.name: None}).order_by()
                yield from rows.values_list(field.name, flat=True).distinct()
