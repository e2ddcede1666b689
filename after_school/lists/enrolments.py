"""Enrolments on paper in a list: each row with its signed consent, or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from after_school.actions import enrolling
from after_school.lists.children import children_of, children_to_list, pupil_columns
from after_school.lists.collectors import named_in
from after_school.lists.pupils import Families, Values, is_called
from after_school.models import Enrolment, Term, Zone
from after_school.queries.children import live_enrolments
from after_school.rules.terms import PROGRAMME
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions.offers import lock_activities
from diedie_edu.activities.models import Activity
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import covered, name_key
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind, nobody
from diedie_edu.lists.plans import Entry, RowByRow
from diedie_edu.people.actions import consents
from diedie_edu.people.lists.known import whole_name
from diedie_edu.people.models import Consent, ConsentText, Guardianship, Resident
from diedie_edu.people.queries import consent_text_in_force

MOST_CHILDREN = 300


@dataclass
class EnrolmentEntry(Entry):
    term: Any = None
    guardian: Resident | None = None


class EnrolmentsPlan(RowByRow):
    """New children through `enrol`, as the page for paper; whoever is enrolled stays as they are.

    Checking costs the same number of queries for any list, besides the enrolments themselves.
    """

    def prepare(self) -> None:
        rows = self.table.rows
        self.text = consent_text_in_force(PROGRAMME, self.now)
        terms = Term.objects.exclude(state=Activity.State.CALLED_OFF).prefetch_related("zones")
        self.terms = {term.pk: term for term in terms}
        self.families = Families(rows, self.terms)
        self.ended = _papers_that_ended(rows)
        self.here = _enrolled(number for row in rows if (number := row.values.get("child")))

    def shown(self, entry: EnrolmentEntry) -> tuple[str, str]:
        return covered(entry.row.values["full_name"]), entry.term.title

    def entry(self, row: Row) -> EnrolmentEntry:
        values = row.values
        if number := values.get("child"):
            return self._known(row, number, values.get("term"))
        term = self._term(values.get("term"))
        whole_name(values)
        self.check_alone(row, (term.pk, name_key(values["full_name"]), values["birth_date"]), _TWIN)
        bond = self.families.find(values, term.pk)
        if bond is not None and self.families.has_place(bond.child_id, term.pk):
            return EnrolmentEntry(row, False, [], term)
        self._check_may_come(values, bond, term)
        named_in(values, local_day(self.now))
        return EnrolmentEntry(row, True, [], term, bond.guardian if bond else None)

    def _known(self, row: Row, child: int, term: int | None) -> EnrolmentEntry:
        """A row with the number of a child is about one that is here, and changes nothing."""
        found = [one for one in self.here if one.child_id == child and term in (one.term_id, None)]
        name = row.values["full_name"]
        if not found or not is_called(found[0].child, name):
            raise Refused("child_unknown", _CHILD_UNKNOWN, "child")
        self.check_alone(row, (found[0].term_id, child), _TWIN)
        return EnrolmentEntry(row, False, [], found[0].term)

    def lock(self) -> None:
        lock_activities(Activity.objects.filter(pk__in=self.terms))

    def carry_out(self, entry: EnrolmentEntry, by: User, now: datetime) -> None:
        values = entry.row.values
        guardian = entry.guardian or consents.add_grown_up(
            full_name=values["guardian_name"], phone=values["guardian_phone"]
        )
        wish = enrolling.Wish(
            term=entry.term,
            guardian=guardian,
            facts=enrolling.ChildFacts(
                values["full_name"], values["birth_date"], values["relation"]
            ),
            place=_place(values, entry.term),
            collectors=named_in(values, local_day(now)),
            agreement=consents.Agreement(
                _held(self.text), Consent.Way.PAPER, values["paper_reference"]
            ),
        )
        try:
            enrolling.enrol(wish=wish, by=by, now=now)
        except Refused as refusal:
            if refusal.code == "barred":  # a fault is kept, and names nobody who is
                raise Refused("kept_away", _KEPT_AWAY) from None
            raise

    def _term(self, number: int | None) -> Term:
        """The one named, or the only one that children can be enrolled in."""
        if number:
            found = [term] if (term := self.terms.get(number)) else []
        else:
            found = [term for term in self.terms.values() if _is_open(term, self.now)]
        if len(found) != 1:
            raise Refused("term_unknown", _TERM_UNKNOWN, "term")
        return found[0]

    def _check_may_come(self, values: Values, bond: Guardianship | None, term: Term) -> None:
        """Raises `Refused`: a list brings in nobody without a paper that holds, and brings back
        nobody who has left."""
        reference = values.get("paper_reference")
        if not reference:
            raise Refused("no_consent", _NO_CONSENT, "paper_reference")
        text = _held(self.text)
        if values.get("version") != text.version:
            message = format_lazy(_OTHER_VERSION, version=text.version)
            raise Refused("other_version", message, "version")
        hashes = consents.child_hashes(values["full_name"], values["birth_date"])
        if any((one, reference) in self.ended for one in hashes):
            raise Refused("consent_ended", _CONSENT_ENDED, "paper_reference")
        if bond is not None and self.families.had_place(bond.child_id, term.pk):
            raise Refused("left", _LEFT, "full_name")


def _is_open(term: Term, now: datetime) -> bool:
    is_published = term.state == Activity.State.PUBLISHED
    return is_published and term.sign_up_opens_at <= now < term.sign_up_closes_at


def _enrolled(children: Iterable[int]) -> list[Enrolment]:
    rows = live_enrolments().filter(child__in=set(children)).order_by("-term")
    return list(rows.select_related("child", "term").defer("allergies", "notes"))


def _held(text: ConsentText | None) -> ConsentText:
    if text is None:
        raise Refused("no_text", _NO_TEXT)
    return text


def _place(values: Values, term: Term) -> enrolling.Place:
    return enrolling.Place(
        school=values["school"],
        grade=values["grade"],
        class_name=values.get("class_name", ""),
        zone=_zone(term, values["zone"]),
        weekdays=[int(number) for number in values["weekdays"]],
        allergies="",
        notes="",
    )


def _zone(term: Term, kind: str) -> Zone:
    return next(zone for zone in term.zones.all() if zone.kind == kind)


def _papers_that_ended(rows: Iterable[Row]) -> set[tuple[str, str]]:
    """Whose consent (by hash) on which of these papers has been withdrawn or has run out."""
    references = {reference for row in rows if (reference := row.values.get("paper_reference"))}
    ended = Consent.objects.filter(
        way=Consent.Way.PAPER, paper_reference__in=references, ended_at__isnull=False
    ).exclude(ending=Consent.Ending.REPLACED)
    return set(ended.values_list("child_hash", "paper_reference"))


_TERM_UNKNOWN = _(
    "It is not clear which term is meant. Enter the number of the term from an exported list."
)
_TWIN = _("Row {row} is about the same child. Keep only one of the two rows.")
_CHILD_UNKNOWN = _(
    "No child of this number and name is in this term. Take both from the exported list, or leave "
    "the number empty."
)
_NO_CONSENT = _(
    "No child is enrolled without the guardian's signed consent. Enter where the paper lies."
)
_OTHER_VERSION = _(
    "The consent in force is version {version}. Only a signature under this version counts: enter "
    "it, or let the guardian sign anew."
)
_CONSENT_ENDED = _(
    "The consent on this paper has ended. The guardian signs anew before the child comes back."
)
_LEFT = _("This child has left the term. If it comes back, type its paper in by itself.")
_KEPT_AWAY = _(
    "Somebody in this row may not collect this child. Type the paper in by itself: its page says "
    "more."
)
_NO_TEXT = _("No text of consent is in force, so nobody can be enrolled on paper.")


PUPILS_LIST = ListKind(
    slug="pupils",
    title=_("Children of the 4:30 school"),
    permission=Permission.LOOK_AFTER_CHILDREN,
    programme=PROGRAMME,
    columns=pupil_columns,
    rows=children_to_list,
    rows_of=children_of,
    sees_whole=nobody,
    plan=EnrolmentsPlan,
    headings=(_("Child"), _("Term")),
    seen_at="after_school:term_list",
    # Two lists with the same new child, or a list and the page, are one after the other.
    locked_tables=("people_resident",),
    max_rows=MOST_CHILDREN,
)
