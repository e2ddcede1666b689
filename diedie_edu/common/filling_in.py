"""A page's own form, filled in again with what was typed into it before.

The page is the one that the reader would open now, with its rights, its choices and its fresh
token; of what was sent, only the values come back, by the names of the fields. What has no field on
the page any more (rows that a script had added) goes along unseen, so that nothing is lost.
Passwords and files stay empty, and what a button said is left to the button.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Sent = Sequence[tuple[str, str]]
BEGINNING = re.compile(r'<main\b[^>]*>(\s*<div class="wrap">)?')  # of what a page says itself
TOKEN = "csrfmiddlewaretoken"
LEFT_ALONE = {"submit", "button", "image", "reset", "file", "password"}
BUTTONS = {"submit", "button", "image", "reset"}
TICKED = {"checkbox", "radio"}


@dataclass
class Tag:
    """A start tag as it stands in the page; `inner` is where its text lies, where it has any."""

    name: str
    attrs: dict[str, str | None]
    start: int
    end: int
    inner: tuple[int, int] = (0, 0)
    options: list["Tag"] = field(default_factory=list)

    def get(self, attribute: str) -> str:
        return self.attrs.get(attribute) or ""

    @property
    def type(self) -> str:
        return self.get("type").lower() or ("text" if self.name == "input" else self.name)


@dataclass
class Form:
    tag: Tag
    controls: list[Tag] = field(default_factory=list)


class _Page(HTMLParser):
    """Finds the forms of a page, and where each of their fields stands."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.text, self.forms, self.loose = text, [], []  # type: ignore[var-annotated]
        self.lines = [0]
        for line in text.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))
        self.open: Form | None = None
        self.within: Tag | None = None
        self.select: Tag | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._here()
        found = Tag(tag, dict(attrs), start, start + len(self.get_starttag_text() or ""))
        if tag == "form":
            self.open = Form(found)
            self.forms.append(self.open)
        elif tag == "option" and self.select:
            self.select.options.append(found)
            self.within = found
        elif tag in ("input", "textarea", "select", "button"):
            self._add(found)

    def _add(self, found: Tag) -> None:
        if "form" in found.attrs:
            self.loose.append(found)
        elif self.open:
            self.open.controls.append(found)
        if found.name == "select":
            self.select = found
        elif found.name == "textarea":
            self.within = found

    def handle_endtag(self, tag: str) -> None:
        if self.within and tag == self.within.name:
            self.within.inner = (self.within.end, self._here())
            self.within = None
        if tag == "select":
            self.select = None
        elif tag == "form":
            self.open = None

    def _here(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column


def forms_of(text: str) -> list[Form]:
    page = _Page(text)
    for form in page.forms:
        own = form.tag.get("id")
        form.controls += [one for one in page.loose if own and one.get("form") == own]
    return page.forms


def filled_in(text: str, *, page: str, target: str, sent: Sent, note: str) -> str | None:
    """The page with the form of `target` (a path) filled in and `note` before it; None where the
    page has no such form."""
    form = _form_for(forms_of(text), page, target, sent)
    if form is None:
        return None
    main = BEGINNING.search(text, 0, form.tag.start)
    place = main.end() if main else form.tag.end
    edits = [*_edits(form, text, sent), (place, place, note)]
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _form_for(forms: list[Form], page: str, target: str, sent: Sent) -> Form | None:
    """Of those that are sent there, the one with most of the same fields and hidden values."""
    there = [form for form in forms if _is_sent_to(form, page, target)]
    return max(there, key=lambda form: _likeness(form, sent), default=None)


def _is_sent_to(form: Form, page: str, target: str) -> bool:
    address = urlsplit(urljoin(page, form.tag.get("action") or page))
    return form.tag.get("method").lower() == "post" and address.path == target


def _likeness(form: Form, sent: Sent) -> tuple[int, int]:
    names, pairs = {name for name, _value in sent}, set(sent)
    hidden = [one for one in form.controls if one.type == "hidden" or one.type in BUTTONS]
    same = sum((one.get("name"), one.get("value")) in pairs for one in hidden)
    own = {one.get("name") for one in form.controls} - {""}
    return same, len(own & names) - len(own - names)


def _edits(form: Form, text: str, sent: Sent) -> Iterator[tuple[int, int, str]]:
    left: dict[str, list[str]] = {}
    for name, value in sent:
        left.setdefault(name, []).append(value)
    own = {one.get("name") for one in form.controls} | {TOKEN}
    for control in form.controls:
        name = control.get("name")
        if name and name != TOKEN and control.type not in LEFT_ALONE:
            yield from _filled(control, left.get(name), text)
    unseen = [(name, value) for name, value in sent if name not in own]
    if unseen:
        yield form.tag.end, form.tag.end, "".join(_hidden(*pair) for pair in unseen)


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def _filled(control: Tag, values: list[str] | None, text: str) -> Iterator[tuple[int, int, str]]:
    if control.name == "select":
        for option in control.options:
            yield _marked(option, "selected", _value_of(option, text) in (values or []))
    elif control.type in TICKED:
        yield _marked(control, "checked", (control.get("value") or "on") in (values or []))
    elif values:
        value = values.pop(0)
        if control.name == "textarea":
            yield (*control.inner, "\n" + escape(value))
        else:
            yield control.start, control.end, _written(control, control.attrs | {"value": value})


def _value_of(option: Tag, text: str) -> str:
    inner = text[slice(*option.inner)].strip()
    return option.get("value") if "value" in option.attrs else inner


def _marked(tag: Tag, mark: str, is_set: bool) -> tuple[int, int, str]:
    attrs: dict[str, str | None] = {key: said for key, said in tag.attrs.items() if key != mark}
    return tag.start, tag.end, _written(tag, attrs | ({mark: None} if is_set else {}))


def _written(tag: Tag, attrs: dict[str, str | None]) -> str:
    said = (key if value is None else f'{key}="{escape(value)}"' for key, value in attrs.items())
    return f"<{' '.join([tag.name, *said])}>"
