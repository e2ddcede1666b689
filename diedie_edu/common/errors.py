"""The one exception by which a rule says no."""

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818  it is an answer, not an error
    """A rule said no.

    `code` is stable and for programs ("full", "already_in"); `message` is for the person, in
    their language once it is shown; `field` names the form field it belongs beside, if any.
    """

    def __init__(self, code: str, message: str | Promise, field: str | None = None):
        super().__init__(code, message, field)
        self.code = code
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)
