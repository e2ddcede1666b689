"""A version covers what was spent and promised, or it is neither submitted nor approved."""

from diedie_edu.office.models import Version, Work
from diedie_edu.office.queries.balances import budget
from diedie_edu.office.queries.spending import amounts
from diedie_edu.office.rules.spending import check_covers


def check_covers_spending(version: Version) -> None:
    """Of a locked budget's version. Raises `Refused` (`below`) with the line and both sums."""
    if version.document.work != Work.BUDGET:
        return
    given = amounts(version)
    for line in budget(version.document).lines:
        check_covers(line.title, given.get(line.item, 0), line.money)
