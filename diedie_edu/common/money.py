"""Amounts of money in yuan, with two places, and how they stand on paper."""

from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")
BEYOND = Decimal(10) ** 12


def times(quantity: Decimal, price: Decimal) -> Decimal:
    """To the fen, half a fen up, as the database and spreadsheets round."""
    return (quantity * price).quantize(FEN, ROUND_HALF_UP)


def figures(amount: Decimal) -> str:
    """¥107,000.53, and −¥0.53 below zero"""
    return f"{'−' if amount < 0 else ''}¥{abs(amount):,.2f}"


def change(amount: Decimal) -> str:
    """+¥500.00 or −¥500.00"""
    return f"{'+' if amount > 0 else '−'}{figures(abs(amount))}"


def in_words(amount: Decimal) -> str:
    """人民币大写 by the payment rules (《支付结算办法》附一): 107000.53 is 壹拾万柒仟元伍角叁分.

    Raises `ValueError` for what is no amount of fen between 0 and a trillion yuan: the library
    would cut a third place in silence.
    """
    from cn2an import an2cn

    if not amount.is_finite() or not 0 <= amount < BEYOND or amount % FEN:
        raise ValueError(f"No amount of money in yuan and fen: {amount}")
    return str(an2cn(f"{amount:.2f}", "rmb"))
