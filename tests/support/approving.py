"""Templates that a provider has approved."""

from datetime import date

from diedie_edu.notices.models import ApprovedTemplate, Provider
from diedie_edu.notices.queries.templates import all_filed


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
