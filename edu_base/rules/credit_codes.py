"""统一社会信用代码: the number by which every organisation in China is known."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.characters import code_signs
from diedie_edu.common.errors import Refused

# GB 32100-2015: digits, and letters without those that look like one (I, O, S, V, Z).
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
LENGTH = 18
_MEANT = str.maketrans("OI", "01")


def clean_credit_code(text: str) -> str:
    """As it is stored. Raises `Refused` (`credit_code_shape`, `credit_code_wrong`)."""
    code = code_signs(text).translate(_MEANT)
    if len(code) != LENGTH or not set(code) <= set(SIGNS):
        raise Refused(
            "credit_code_shape",
            _(
                "A unified social credit code has 18 digits and letters, without I, O, S, V and Z. "
                "It stands on the business licence."
            ),
            "credit_code",
        )
    if code[-1] != check_sign(code[:-1]):
        raise Refused(
            "credit_code_wrong",
            _("This code does not add up. Compare it with the business licence once more."),
            "credit_code",
        )
    return code


def check_sign(first: str) -> str:
    """GB 32100-2015, 5.5: the last sign, from the seventeen before it."""
    total = sum(SIGNS.index(sign) * weight for sign, weight in zip(first, WEIGHTS, strict=True))
    return SIGNS[-total % len(SIGNS)]
