"""How a request stands."""

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Also what each step of a request's history did."""

    DRAFT = "draft", pgettext_lazy("a request", "draft")
    SUBMITTED = "submitted", pgettext_lazy("a request", "waits for a decision")
    RETURNED = "returned", pgettext_lazy("a request", "returned")
    APPROVED = "approved", pgettext_lazy("a request", "approved")
    REFUSED = "refused", pgettext_lazy("a request", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("a request", "withdrawn")


OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED)
CLOSED = (State.APPROVED, State.REFUSED, State.WITHDRAWN)
DECIDED = (State.RETURNED, State.APPROVED, State.REFUSED)
SENT = (State.SUBMITTED, *DECIDED)
