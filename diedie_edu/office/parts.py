"""What programmes bring to the programme office."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LiaisonSide:
    """With which side (`models.Side`) the plan has a programme liaise (facts 1)."""

    programme: str
    side: str
