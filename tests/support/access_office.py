"""What the walk of `test_access.py` opens in the programme office, and what its addresses name.

All of it is of Happy Square; the lead of another programme finds nothing.
"""

from diedie_edu.accounts.models import User
from diedie_edu.office.models import Contact, FollowUp
from diedie_edu.programmes.models import RuleVersion
from tests.support.access_budgets import budget_values, make_budgets
from tests.support.access_plans import make_plans, plan_values
from tests.support.access_spending import make_spending, spending_values
from tests.support.access_summaries import make_summaries, summary_values
from tests.support.liaison import make_contact, make_follow_up

SLUG = "happy-square"


def make_office(by: User) -> None:
    make_follow_up(make_contact(by, SLUG), by)
    make_budgets(SLUG, by)
    make_summaries(SLUG, by)
    make_spending(SLUG, by)
    make_plans(SLUG, by)


def office_values(name: str) -> dict[str, object]:
    """What stands in the addresses of the programme office."""
    if name == "office:rulebook_version":
        return {"pk": RuleVersion.objects.latest("pk").pk}
    of_follow_ups = {f"office:follow_up_{act}" for act in ("change", "tick", "remove")}
    model = FollowUp if name in of_follow_ups else Contact
    return (
        {"slug": SLUG, "pk": model.objects.latest("pk").pk}
        | plan_values(name)
        | spending_values(name)
        | budget_values(name)
        | summary_values(name)
    )
