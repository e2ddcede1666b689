"""Templates that a provider has approved."""

from datetime import date

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import ApprovedTemplate, Provider
from diedie_edu.notices.queries.templates import all_filed
from diedie_edu.notices.wechat_fields import proposed


def approve(
    name: str,
    *,
    code: str = "",
    text: str = "",
    provider: Provider = Provider.HTTP,
) -> ApprovedTemplate:
    """One of ours, in our words where no others are given."""
    known = (one.text for one in all_filed(provider) if one.name == name)
    return ApprovedTemplate.objects.create(
        provider=provider,
        name=name,
        code=code or f"SMS_{name}"[:40],
        text=text or next(known, "words"),
        approved_on=date(2026, 11, 20),
    )


def approve_all(provider: Provider) -> None:
    rows = [
        ApprovedTemplate(
            provider=provider,
            name=one.name,
            code=f"T{number}",
            text=one.text,
            approved_on=date(2026, 11, 20),
        )
        for number, one in enumerate(all_filed(provider))
    ]
    ApprovedTemplate.objects.bulk_create(rows)


TEMPLATE = "ngqIpbwh8bUfcSsECmogfXcV14J0tQlEpBO27izEYtY"


def numbered(kind: Kind) -> str:
    """What stands in the fields of a template that has one for everything."""
    lines = enumerate(proposed(kind).splitlines(), 1)
    return "\n".join(line.replace("=", f"{number}=") for number, line in lines)


def approve_at_wechat(*kinds: Kind, text: str = "") -> None:
    """All of them by one template of WeChat's library."""
    for kind in kinds:
        ApprovedTemplate.objects.create(
            provider=Provider.WECHAT,
            name=kind.template("zh-hans"),
            code=TEMPLATE,
            text=text or numbered(kind),
            approved_on=date(2026, 11, 20),
        )
