"""Who is left to approve a document, and of which nobody is."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.decisions.queries.deputies import standing_in
from diedie_edu.office.models import Author, Document, State, Version


def left_to(documents: Collection[Document], today: date) -> set[int]:
    """Those (their ids) that nobody can approve today: whoever may had a hand in them, and so had
    the deputies. An administrator keeps the machine, and does not count as one who reviews. In a
    fixed number of queries."""
    hands: dict[int, set[int]] = {document.pk: set() for document in documents}
    authors = Author.objects.filter(document__in=hands)
    for document, account in authors.values_list("document", "account"):
        hands[document].add(account)
    able = _able()
    deputies = list(standing_in(today).values_list("account", "deputy"))
    return {one.pk for one in documents if not _who(one, able, deputies, hands[one.pk])}


def _able() -> list[tuple[int, set[str], bool]]:
    """Who reviews: the account, where, and whether it is an administrator's."""
    accounts = accounts_with(Permission.REVIEW_OFFICE).prefetch_related("role_grants")
    return [
        (one.pk, set(one.scopes(Permission.REVIEW_OFFICE)), one.is_superuser) for one in accounts
    ]


def _who(
    document: Document,
    able: list[tuple[int, set[str], bool]],
    deputies: list[tuple[int, int]],
    hands: set[int],
) -> set[int]:
    may = {
        account: is_admin
        for account, where, is_admin in able
        if account not in hands and where & {EVERYWHERE, document.programme}
    }
    acting = {deputy for account, deputy in deputies if account in may}
    return ({account for account, is_admin in may.items() if not is_admin} | acting) - hands


def stuck(user: User, today: date) -> list[Document]:
    """Of the documents that the account writes or reviews, those that wait and that nobody can
    approve."""
    waiting = submitted().values("document")
    places = set(user.scopes(Permission.KEEP_OFFICE))
    rows = list(Document.objects.filter(Document.belongs.at(places), pk__in=waiting))
    alone = left_to(rows, today) if rows else set()
    return [row for row in rows if row.pk in alone]


def submitted() -> QuerySet[Version]:
    return Version.objects.filter(state=State.SUBMITTED)
