"""What the nouns of the education base bring to its desk."""

from diedie_edu.common.parts import Entry, Panel, Source


class BaseEntry(Entry):
    """A tile on the desk of the education base."""


class BasePanels(Source[Panel]):
    """A section there; `of(user, now)`."""


class OwnPanels(Source[Panel]):
    """A section on the applicant's own page; `of(application, user, now)`."""
