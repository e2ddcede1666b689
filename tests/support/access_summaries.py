"""Summaries in the walk of `test_access.py`, all of Happy Square."""

from diedie_edu.accounts.models import User
from diedie_edu.jobs.models import Job
from diedie_edu.office.actions.summaries import DRAFTING
from diedie_edu.office.models import Document, Version, Work
from tests.conftest import NOW
from tests.support.office import add_paragraph, begin, make_document

PAGES = """
office:summary_draft                           s ob  405 302
office:summary_draft                            l    405 404
office:summary_draft missing                   slob  405 404
office:summary_drafting                        slob  404 405
office:summary_drafting missing                slob  404 405
office:summary_print                           s ob  200 405
office:summary_print                            l  c 404 405
office:summary_print missing                   slobc 404 405
office:summary_word                            s ob  200 405
office:summary_word                             l  c 404 405
office:summary_word missing                    slobc 404 405
office:summary_slides                          s ob  200 405
office:summary_slides                           l  c 404 405
office:summary_slides missing                  slobc 404 405
office:summary_refresh                         s ob  405 302
office:summary_refresh                          l    405 404
office:summary_refresh missing                 slob  405 404
office:summary_pictures                        s ob  200 200
office:summary_pictures                         l    404 404
office:summary_pictures missing                slob  404 404
"""


def make_summaries(slug: str, by: User) -> None:
    """A draft of a summary, and a job of somebody else that drafted it."""
    draft = begin(make_document(Work.SUMMARY, slug), by)
    add_paragraph(draft)
    about = {"kind": DRAFTING.slug, "params": {"document": draft.document_id}}
    Job.objects.create(**about, state="done", asked_by=by, ended_at=NOW)


def summary_values(name: str) -> dict[str, object]:
    """What stands in the addresses of summaries."""
    page = name.removeprefix("office:")
    if not page.startswith("summary"):
        return {}
    if page == "summary_drafting":
        return {"pk": Job.objects.latest("pk").pk}
    if page == "summary_draft":
        return {"pk": Document.objects.get(work=Work.SUMMARY).pk}
    return {"pk": Version.objects.get(document__work=Work.SUMMARY).pk}
