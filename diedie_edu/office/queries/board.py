"""The duty board of a year: programmes in rows, works in columns."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from diedie_edu.common.belonging import counts_at
from diedie_edu.common.days import local_day
from diedie_edu.common.manifests import Programme, parts_by, programmes
from diedie_edu.office.models import WRITTEN, CommitteePaper, Document, Work
from diedie_edu.office.parts import CampaignLine, Campaigns
from diedie_edu.office.queries.owed import Owed, by_programme, owed

WORKS = tuple(Work(work) for work in WRITTEN)


@dataclass(frozen=True)
class Row:
    """One programme: a cell for each work, None where it owes no such document; its campaigns where
    the committee plans it as a whole, with the papers that were received."""

    programme: Programme
    cells: list[tuple[Work, Owed | None]]
    campaigns: Campaigns | None
    lines: list[CampaignLine]
    papers: list[CommitteePaper]

    @property
    def owes(self) -> bool:
        return any(cell for _work, cell in self.cells)


def board(year: int, places: Collection[str], now: datetime) -> list[Row]:
    """The programmes of some scopes, in the plan's order, in a fixed number of queries."""
    found = by_programme(owed(documents_of(year, places), local_day(now)))
    papers = papers_of(year, places)
    shown = [one for one in programmes().values() if counts_at(one.slug, places)]
    return [_row(one, year, found.get(one.slug, {}), papers, now) for one in shown]


def documents_of(year: int, places: Collection[str]) -> Iterable[Document]:
    """Those whose period begins in the year."""
    rows = Document.objects.filter(Document.belongs.at(places), first_day__year=year)
    return rows.order_by("first_day", "pk")


def papers_of(year: int, places: Collection[str]) -> list[CommitteePaper]:
    rows = CommitteePaper.objects.filter(CommitteePaper.belongs.at(places), year=year)
    return list(rows.select_related("scan").order_by("issued_on", "pk"))


def _row(
    programme: Programme,
    year: int,
    found: dict[str, Owed],
    papers: list[CommitteePaper],
    now: datetime,
) -> Row:
    campaigns = parts_by(Campaigns, "programme").get(programme.slug)
    return Row(
        programme,
        [(work, found.get(work)) for work in WORKS],
        campaigns,
        list(campaigns.of(year, now)) if campaigns else [],
        [paper for paper in papers if paper.programme == programme.slug],
    )


def years() -> list[int]:
    """Those that were opened, the newest first."""
    days: Iterable[date] = Document.objects.order_by().dates("first_day", "year", order="DESC")
    return [day.year for day in days]


def committee_programmes(places: Collection[str]) -> list[Programme]:
    """Those of some scopes for which the committee hands down plan and money."""
    slugs = parts_by(Campaigns, "programme")
    return [programmes()[slug] for slug in slugs if counts_at(slug, places)]
