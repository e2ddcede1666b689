"""Documents of the programme office in the walk of `test_access.py`, all of Happy Square."""

from datetime import date

from django.db.models import Model

from diedie_edu.accounts.models import User
from diedie_edu.office.models import CommitteePaper, Document, Milestone, Paragraph, Version, Work
from tests.conftest import NOW
from tests.support import office

PAGES = """
office:board                                   slobc 200 405
office:board_of                                slobc 200 405
office:year_open                                  b  405 302
office:paper_add                               s  b  200 200
office:paper_add                                lo   404 404
office:paper_add missing                       slob  404 404
office:paper_change                            s ob  200 200
office:paper_change                             l    404 404
office:paper_change missing                    slob  404 404
office:owed                                    slob  200 405
office:document                                s obc 200 405
office:document                                 l    404 405
office:document missing                        slobc 404 405
office:document_write                          s ob  405 302
office:document_write                           l    405 404
office:document_write missing                  slob  405 404
office:document_due                               b  200 200
office:document_due missing                       b  404 404
office:version                                 s ob  200 405
office:version                                  l  c 404 405
office:version missing                         slobc 404 405
office:version_difference                      slobc 404 405
office:version_difference missing              slobc 404 405
office:version_submit                          s ob  405 302
office:version_submit                           l    405 404
office:version_submit missing                  slob  405 404
office:version_take_back                       s ob  405 302
office:version_take_back                        l    405 404
office:version_take_back missing               slob  405 404
office:version_drop                            s ob  200 302
office:version_drop                             l    404 404
office:version_drop missing                    slob  404 404
office:version_signed                          s ob  200 200
office:version_signed                           l    404 404
office:version_signed missing                  slob  404 404
office:version_revoke                             b  200 200
office:version_revoke missing                     b  404 404
office:version_head                            s ob  200 200
office:version_head                             l    404 404
office:version_head missing                    slob  404 404
office:version_attach                          s ob  200 200
office:version_attach                           l    404 404
office:version_attach missing                  slob  404 404
office:row_add                                 s ob  200 200
office:row_add                                  l    404 404
office:row_add missing                         slob  404 404
office:row_change                              s ob  200 200
office:row_change                               l    404 404
office:row_change missing                      slob  404 404
office:row_move                                s ob  405 302
office:row_move                                 l    405 404
office:row_move missing                        slob  405 404
office:row_remove                              s ob  405 302
office:row_remove                               l    405 404
office:row_remove missing                      slob  405 404
office:milestone_tick                          s ob  405 302
office:milestone_tick                           l    405 404
office:milestone_tick missing                  slob  405 404
admin:office_version_change                    s ob  200 200
admin:office_version_history                   s ob  302 302
"""
NAMES: dict[str, type[Model]] = {
    **dict.fromkeys(("document", "document_write", "document_due"), Document),
    **dict.fromkeys(("row_change", "row_move", "row_remove"), Paragraph),
    "milestone_tick": Milestone,
    "paper_change": CommitteePaper,
}


def make_plans(slug: str, by: User) -> None:
    """A draft of a plan, and a paper of the committee."""
    version = office.begin(office.make_document(Work.PLAN, slug), by, NOW)
    office.add_paragraph(version)
    day = date(2026, 3, 1)
    version.milestone_rows.create(title="春", first_day=day, last_day=day)
    CommitteePaper.objects.create(
        programme=slug,
        year=2026,
        what="plan",
        title="计划",
        number="8号",
        issued_on=day,
        entered_by=by,
        entered_at=NOW,
    )


def plan_values(name: str) -> dict[str, object]:
    """What stands in the addresses of documents and of the board."""
    page = name.removeprefix("office:")
    if page == "paper_add":
        return {"slug": "edu-base", "year": 2026}
    model = NAMES.get(page, Version if page == "row_add" or "version" in page else None)
    return {"pk": model._default_manager.latest("pk").pk, "name": "paragraph"} if model else {}
