"""One form in two browsers: what the second one, which has it open since before, may do."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

from django.db import transaction
from django.test import Client

from diedie_edu.common.edit_forms import CHANGED
from tests.support.sent_forms import SentForm, forms_on


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def text_of(page: Any) -> str:
    """An answer as HTML; empty for a file and where it is not opened."""
    is_page = page.status_code == 200 and page["Content-Type"].startswith("text/html")
    return page.text if is_page else ""


def pages_at(client: Client, address: str) -> Iterator[tuple[str, Any]]:
    """A page of the portal, and what its own links (`?when=…`) make of it."""
    page = client.get(address)
    yield address, page
    if not address.startswith("/admin/"):
        for link in re.findall(rf'href="(?:{re.escape(address)})?(\?[^"#]+)', text_of(page)):
            yield (where := address + unescape(link)), client.get(where)


def opened_anew(client: Client, address: str, old: SentForm) -> SentForm:
    """The same form as it is now, wherever the page shows it; an empty one where it is gone."""
    found = (
        form
        for where, page in pages_at(client, address)
        for form in forms_on(text_of(page), where)
        if form.shown().keys() == old.shown().keys()
    )
    return next(found, SentForm(""))


def faults(client: Client, address: str, old: SentForm) -> Iterator[str]:
    """What is wrong with a form of a page that was opened before another was saved."""
    saved = saved_by_the_first(client, address, old)
    old = old if saved else old.filled()
    name = saved or saved_by_the_first(client, address, old)
    if name is None:
        yield f"could not be saved at all: {list(old.shown())}"
        return
    stands = opened_anew(client, address, old)
    typed = typed_by_the_second(old, stands, name)
    answer = old.typing(typed).send(client)
    if opened_anew(client, address, old).opened != stands.opened:
        yield f"{name}: the older form saved"
    if answer.status_code != 200 or str(CHANGED) not in answer.text:
        yield f"{name}: the older form was answered by {answer.status_code}, and nothing is said"
        return
    again = shown_again(answer, name)
    shown = {word: sorted(again.controls[word].values) for word in typed}
    lost = {word: values for word, values in typed.items() if shown[word] != sorted(values)}
    if lost:
        yield f"what was typed is lost: {lost}"
    if name not in typed and again.controls[name].values != stands.controls[name].values:
        yield f"{name} was left alone, and does not show what stands"
    if not saves(again, client):
        yield f"{name}: looked at and sent again, it does not save"


def saved_by_the_first(client: Client, address: str, form: SentForm) -> str | None:
    """The field by which the form was saved."""
    for name in form.shown():
        for values in form.controls[name].typed_in():
            sent = form.typing({name: values})
            with undone():
                is_stored = saves(sent, client) and shows(client, address, form, name, values)
            if is_stored:
                sent.send(client)
                return name
    return None


def typed_by_the_second(old: SentForm, stands: SentForm, name: str) -> dict[str, list[str]]:
    """Something else into the same field, where there is a third value, and a word elsewhere."""
    now = (old.controls[name].values, stands.controls[name].values)
    others = [own for own in old.controls[name].typed_in() if own not in now]
    words = [row for row in old.shown() if row != name and old.controls[row].kind == "textarea"]
    typed = {row: next(old.controls[row].typed_in()) for row in words[:1]}
    return typed | ({name: others[0]} if others else {})


def stores(client: Client, address: str, form: SentForm, name: str) -> bool:
    """Whether what is typed into a field is there again when the form is opened anew; also
    where nothing that we type is taken."""
    for values in form.controls[name].typed_in():
        with undone():
            if saves(form.typing({name: values}), client):
                return shows(client, address, form, name, values)
    return True


def saves(form: SentForm, client: Client) -> bool:
    return form.send(client).status_code == 302


def shows(client: Client, address: str, form: SentForm, name: str, values: list[str]) -> bool:
    anew = opened_anew(client, address, form)
    return name in anew.controls and anew.controls[name].values == values


def shown_again(answer: Any, name: str) -> SentForm:
    """The form of the page that answers, as it is sent once more."""
    shown = forms_on(answer.text, answer.request["PATH_INFO"])
    return next(form for form in shown if name in form.controls)


def unlocked(_form: Any, rows: Iterable[Any]) -> list[Any]:
    """In the place of `EditForm.lock`, for negative controls."""
    return [row._meta.model._base_manager.get(pk=row.pk) for row in rows]
