"""What a rule or an action says no with."""

from collections.abc import Callable

from diedie_edu.common.errors import Refused


def refusal_of(call: Callable[[], object]) -> tuple[str, str | None] | None:
    """The code and the field of a refusal; None where the call goes through."""
    try:
        call()
    except Refused as refused:
        return refused.code, refused.field
    return None


def code_of(call: Callable[[], object]) -> str | None:
    refusal = refusal_of(call)
    return refusal and refusal[0]
