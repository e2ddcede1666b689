"""Plans in the demo season: this year's in force, next year's waiting, returned and being written.

Budgets and summaries are brought by their own files; the documents are opened here.
"""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_day
from diedie_edu.common.manifests import parts_by
from diedie_edu.decisions.actions import deciding
from diedie_edu.decisions.kinds import shown_now
from diedie_edu.decisions.models import State as Decided
from diedie_edu.decisions.rules import Decision
from diedie_edu.office.actions import drafts, scans, versions, writing, years
from diedie_edu.office.models import (
    CommitteePaper,
    Document,
    Milestone,
    Paragraph,
    Remark,
    Version,
)
from diedie_edu.office.parts import Campaigns
from diedie_edu.programmes.demo import Cast, DemoSeason

FACTS = Path(__file__).parents[1] / "fixtures" / "plans.json"
DAY = timedelta(days=1)
Facts = dict[str, Any]


def play(cast: Cast, now: datetime) -> bool:
    """Once, where nothing was opened."""
    reviewer = User.objects.filter(role_grants__role=Role.BRANCH_LEAD).first()
    if reviewer is None or Document.objects.exists():
        return False
    facts: Facts = json.loads(FACTS.read_text(encoding="utf-8"))
    year = local_day(now).year
    for opened in (year, year + 1):
        years.open_year(year=opened, now=now)
    _this_year(facts, year, now)
    _next_year(facts, year + 1, reviewer, now)
    _committee(facts, year, cast.staff, now)
    return True


def _this_year(facts: Facts, year: int, now: datetime) -> None:
    """Approved on paper in January, before the portal knew of it."""
    for document in _written(facts, year):
        lead = lead_of(document.programme)
        version = _draft(document, facts, lead, now - 30 * DAY)
        signed_on = min(date(year, 1, 20), local_day(now - 30 * DAY))
        version.signed_on, version.signed_by = signed_on, "社区党委书记"
        versions.enter_signed(version=version, data=signed_page(), by=lead, now=now - 30 * DAY)
        first = version.milestone_rows.first()
        if first is not None:
            writing.tick(document=document, milestone=first, done=True, by=lead, now=now - 29 * DAY)


def _next_year(facts: Facts, year: int, reviewer: User, now: datetime) -> None:
    """Begun like this year's; the facts say which wait and which were returned."""
    for document in _written(facts, year):
        lead = lead_of(document.programme)
        like = Version.objects.get(
            document__programme=document.programme, document__work=document.work
        )
        version = drafts.begin(document=document, by=lead, now=now - 6 * DAY, like=like)
        fate = facts[document.programme][document.work].get("next", "draft")
        if fate == "draft":
            continue
        request = versions.submit(version=version, by=lead, now=now - 2 * DAY)
        if fate == "returned":
            row = version.paragraph_rows.reverse()[0]
            Remark.objects.create(
                version=version,
                key=row.key,
                what=Remark.What.ASKS,
                words=facts["remark"],
                by=reviewer,
                at=now - DAY,
            )
            what = {"what": Decided.RETURNED, "seen": shown_now(request)}
            decision = Decision(**what, reason=facts["returned"])
            deciding.decide(request=request, decision=decision, by=reviewer, now=now - DAY)


def _written(facts: Facts, year: int) -> list[Document]:
    rows = Document.objects.filter(first_day__year=year).order_by("pk")
    return [row for row in rows if row.work in facts.get(row.programme, {})]


def _draft(document: Document, facts: Facts, by: User, now: datetime) -> Version:
    version = drafts.begin(document=document, by=by, now=now)
    told = facts[document.programme][document.work]
    for kind, title, text in told["paragraphs"]:
        paragraph = Paragraph(version=version, kind=kind, title=title, text=text)
        writing.keep_row(row=paragraph, by=by, now=now)
    for title, first, last, who, looks_for in told.get("milestones", []):
        days = (date.fromisoformat(f"{document.year}-{day}") for day in (first, last))
        names = dict(zip(("first_day", "last_day"), days, strict=True))
        milestone = Milestone(version=version, title=title, who=who, looks_for=looks_for, **names)
        writing.keep_row(row=milestone, by=by, now=now)
    return version


def _committee(facts: Facts, year: int, staff: User, now: datetime) -> None:
    """Plan and money of a programme that the committee plans as a whole."""
    for slug in parts_by(Campaigns, "programme"):
        for what, title, number, day, amount in facts["committee"]:
            paper = CommitteePaper(
                programme=slug,
                year=year,
                what=what,
                title=title,
                number=number.format(year=year),
                issued_on=date.fromisoformat(f"{year}-{day}"),
                amount=amount and Decimal(amount),
            )
            scans.keep_committee_paper(paper=paper, data=signed_page(), by=staff, now=now)


def lead_of(programme: str) -> User:
    """Whose sign-in is known, or a branch lead."""
    grants = User.objects.filter(role_grants__role=Role.PROGRAMME_LEAD)
    own = grants.filter(role_grants__scope=programme).first()
    return own or User.objects.filter(role_grants__role=Role.BRANCH_LEAD).earliest("pk")


def signed_page() -> bytes:
    """A page with lines, a stamp and a signature, as a scan would show them."""
    from PIL import Image, ImageDraw

    page = Image.new("RGB", (620, 877), "white")
    pen = ImageDraw.Draw(page)
    for line in range(12):
        pen.line((80, 140 + 40 * line, 540 - 70 * (line % 3), 140 + 40 * line), "grey", 3)
    pen.ellipse((380, 660, 520, 800), outline="firebrick", width=6)
    pen.line((120, 760, 160, 720, 200, 770, 260, 730), "navy", 4)
    out = BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


SEASON = DemoSeason(play)
