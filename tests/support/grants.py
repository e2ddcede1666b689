"""Short hands for tests about grants."""

from decimal import Decimal

from diedie_edu.accounts.models import User
from edu_base.actions import grants
from edu_base.actions.grants import Told
from edu_base.models import Application, Award, Fact, GrantFund
from tests.conftest import NOW

TODAY = NOW.date()


def make_fund(**fields: object) -> GrantFund:
    """6,000 yuan, for two of 3,000."""
    usual = {
        "title_zh": "助学金",
        "year": NOW.year,
        "total": Decimal(6000),
        "amount": Decimal(3000),
        "document": "党委〔2026〕8号",
        "approved_on": TODAY,
    }
    return GrantFund.objects.create(**(usual | fields))


def award(fund: GrantFund, student: Application, by: User, upto: Fact = Fact.AWARDED) -> Award:
    """Awarded, and what follows up to a fact."""
    who = {"amount": fund.amount, "on": TODAY, "by": by, "now": NOW}
    [made] = grants.award(fund=fund, applications=[student], **who)
    for fact in list(Fact)[1 : list(Fact).index(upto) + 1]:
        record(made, fact, by)
    return made


def record(award: Award, fact: Fact, by: User) -> None:
    grants.record(awards=[award], fact=fact, told=Told(TODAY), by=by, now=NOW)
