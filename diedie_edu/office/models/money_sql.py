"""What is spent on an item, and what is promised: said once, for guards and for reads.

`{item}` is the item's number in the query around it.
"""

SPENT = "SELECT coalesce(sum(amount), 0) FROM office_expense WHERE item_id = {item}"
# Of a promise that stands what is not paid yet; one that was freed, or whose event was called off,
# binds nothing.
PROMISED = """
    SELECT coalesce(sum(greatest(promise.amount - paid.sum, 0)), 0)
    FROM office_commitment promise
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(amount), 0) AS sum FROM office_expense
        WHERE commitment_id = promise.id
    ) paid
    LEFT JOIN activities_activity activity ON activity.id = promise.activity_id
    LEFT JOIN activities_occasion occasion ON occasion.id = promise.occasion_id
    WHERE promise.item_id = {item} AND promise.freed_at IS NULL
      AND activity.state IS DISTINCT FROM 'called_off'
      AND occasion.is_called_off IS NOT TRUE
"""
APPROVED = """
    SELECT coalesce(sum(line.amount), 0) FROM office_budgetline line
    JOIN office_version version ON version.id = line.version_id
    WHERE line.item_id = {item} AND version.state = 'approved'
"""


def of_item(sql: str, item: str) -> str:
    """As a value in a query in which `item` is the number."""
    return f"({sql.format(item=item)})"
