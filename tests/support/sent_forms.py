"""Forms of a page as a browser has them: what they show, what somebody types, what is sent."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.test import Client

SILENT = {"submit", "button", "reset", "image", "file"}


@dataclass
class Control:
    """An input: `values` are chosen (or typed), `options` can be."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    is_needed: bool = False

    def typed_in(self) -> Iterator[list[str]]:
        """What else somebody might enter here."""
        now = "".join(self.values)
        match self.kind:
            case "checkbox":
                yield from (sorted({option} ^ {*self.values}) for option in self.options)
            case "radio" | "select":
                yield from ([option] for option in self.options if option not in ("", *self.values))
            case "number":
                yield from ([str(int(now or 0) + more)] for more in (1, 2))
            case "tel" if now:  # not the last digit: a neighbour's phone differs by that
                others = [(int(now[-4]) + more) % 10 for more in (1, 2)]
                yield from ([f"{now[:-4]}{digit}{now[-3:]}"] for digit in others)
            case "date" if now:
                days = [date.fromisoformat(now) + timedelta(days=more) for more in (-1, -2, 1, 2)]
                yield from ([f"{day:%Y-%m-%d}"] for day in days)
            case "email":
                yield from ([f"{letter}{now or '@example.org'}"] for letter in "xy")
            case "text" | "textarea":
                yield from ([now + word] for word in "甲乙")


@dataclass
class SentForm:
    action: str
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    elsewhere: list[tuple[str, tuple[str, str]]] = field(default_factory=list)  # by `formaction`

    @property
    def opened(self) -> dict[str, str]:
        """What it was opened with, by the names of the hidden fields."""
        return {
            name: "".join(control.values)
            for name, control in self.controls.items()
            if name.split("-")[-1] == "opened" and any(control.values)
        }

    def shown(self) -> dict[str, list[str]]:
        return {
            row.name: row.values
            for row in self.controls.values()
            if row.kind != "hidden" and "__prefix__" not in row.name
        }

    def typing(self, typed: dict[str, list[str]]) -> "SentForm":
        changed = deepcopy(self)
        for name, values in typed.items():
            changed.controls[name].values = values
        return changed

    def filled(self) -> "SentForm":
        """With a word wherever one is needed and none stands."""
        empty = [row for row in self.controls.values() if row.is_needed and not any(row.values)]
        return self.typing({row.name: typed for row in empty for typed in [*row.typed_in()][:1]})

    def by_each(self) -> Iterator["SentForm"]:
        """Itself, and as each of its buttons sends it that names an address of its own."""
        yield self
        for action, button in self.elsewhere:
            yield SentForm(action, self.controls, [button])

    def send(self, client: Client) -> Any:
        return client.post(self.action, self.data())

    def data(self) -> dict[str, list[str]]:
        """All that it has, by its first button."""
        data = {name: row.values for name, row in self.controls.items() if row.values}
        return data | {name: [value] for name, value in self.buttons[:1] if name}


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, []
        self.form = self.open = self.option = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {key: value or "" for key, value in attrs}
        if tag == "form" and has.get("method", "").lower() == "post":
            action = urljoin(self.address, has.get("action", ""))
            self.form = SentForm(action or self.address)
            self.forms.append(self.form)
        elif self.form is not None and tag in {"input", "select", "textarea", "button"}:
            self._start(tag, has)
        elif tag == "option" and self.open is not None:
            self.open.options.append(has.get("value", ""))
            if "selected" in has:
                self.open.values.append(has.get("value", ""))

    def _start(self, tag: str, has: dict[str, str]) -> None:
        kind = has.get("type", "text") if tag == "input" else tag
        if tag == "button" or kind in SILENT:
            button = has.get("name", ""), has.get("value", "")
            if action := has.get("formaction"):
                self.form.elsewhere.append((urljoin(self.address, action), button))
            elif kind != "file":
                self.form.buttons.append(button)
            return
        if "disabled" in has or "readonly" in has or not has.get("name"):
            return
        new = Control(has["name"], kind, is_needed="required" in has)
        row = self.form.controls.setdefault(has["name"], new)
        if kind in {"checkbox", "radio"}:
            row.options.append(has.get("value", "on"))
            if "checked" in has:
                row.values.append(has.get("value", "on"))
        elif tag == "input":
            row.values = [has.get("value", "")]
        else:
            self.open = row

    def handle_data(self, data: str) -> None:
        if self.open is not None and self.open.kind == "textarea":
            self.open.values = ["".join(self.open.values) + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag in {"select", "textarea"} and self.open is not None:
            row, self.open = self.open, None
            if tag == "textarea":
                row.values = ["".join(row.values).removeprefix("\n")]
            elif not row.values and row.options:
                row.values = row.options[:1]


def forms_on(page: str, address: str) -> list[SentForm]:
    """The forms of a page that are sent by POST."""
    reader = _Reader(address)
    reader.feed(page)
    return [sent for form in reader.forms for sent in form.by_each()]


def form_on(client: Client, address: str, having: str = "opened") -> SentForm:
    """The first form of a page that has a field of this name."""
    page = client.get(address).text
    return next(form for form in forms_on(page, address) if having in form.controls)


def opened(client: Client, address: str, having: str = "") -> dict[str, str]:
    """What a page's forms (those that have a field) carry along, for tests that send the fields
    themselves."""
    found: dict[str, str] = {}
    for form in forms_on(client.get(address).text, address):
        if not having or having in form.controls:
            found |= form.opened
    return found
