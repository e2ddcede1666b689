"""How a version of a document stands."""

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("a document", "draft")
    SUBMITTED = "submitted", pgettext_lazy("a document", "waits for review")
    RETURNED = "returned", pgettext_lazy("a document", "returned")
    APPROVED = "approved", pgettext_lazy("a document", "approved")
    SUPERSEDED = "superseded", pgettext_lazy("a document", "superseded")
    REVOKED = "revoked", pgettext_lazy("a document", "approval withdrawn")


# What follows what. A draft that was signed on paper is approved at once; an approved version comes
# back into force where the one after it was a mistake.
CHAIN: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.SUBMITTED, State.APPROVED),
    State.SUBMITTED: (State.DRAFT, State.RETURNED, State.APPROVED),
    State.APPROVED: (State.SUPERSEDED, State.REVOKED),
    State.SUPERSEDED: (State.APPROVED,),
}
OPEN = (State.DRAFT, State.SUBMITTED)
WAS_APPROVED = (State.APPROVED, State.SUPERSEDED, State.REVOKED)
