"""A rule's no as a door says it: on the next page, beside its field, or as a field's own error.

What stands in the block after the refused call is left out, so a success is said in the block:

    with refusals.as_message(request):
        seats.sign_up(…)
        messages.success(request, …)
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from types import TracebackType

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest

from diedie_edu.common.errors import Refused


@dataclass(frozen=True)
class Caught(AbstractContextManager[None, bool]):
    """A block that ends where a rule says no, which is then said."""

    say: Callable[[Refused], None]

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if isinstance(error, Refused):
            self.say(error)
        return isinstance(error, Refused)


def as_message(request: HttpRequest) -> Caught:
    """Say on the next page why not."""
    return Caught(lambda refusal: messages.error(request, str(refusal)))


def in_form(form: BaseForm, otherwise: str | None = None) -> Caught:
    """Say it beside its field; where the form has no such field, beside `otherwise` or above."""

    def say(refusal: Refused) -> None:
        field = refusal.field if refusal.field in form.fields else otherwise
        form.add_error(field, _error(refusal))

    return Caught(say)


@contextmanager
def as_error() -> Iterator[None]:
    """Raise it as `ValidationError`: for a field's or a form's `clean`."""
    try:
        yield
    except Refused as refusal:
        raise _error(refusal) from refusal


def _error(refusal: Refused) -> ValidationError:
    return ValidationError(str(refusal), code=refusal.code)
