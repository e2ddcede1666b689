"""Foreign keys of several columns, which Django's own fields do not know."""

from collections.abc import Sequence
from typing import Any

from django.db import models


class CompositeKey(models.BaseConstraint):
    """Columns of this row that repeat those of the row it belongs to, and cannot differ.

    `fields` equal `to_fields` of one row of the model `to`, which needs a UNIQUE over just
    those. What is `carried` (ON UPDATE CASCADE) changes here in the statement that changes it
    there, at once; without it the change there is refused. `deleted_with`: this row goes with
    that one. `deferred`: checked when the transaction ends.
    """

    RULES = {
        "carried": " ON UPDATE CASCADE",
        "deleted_with": " ON DELETE CASCADE",
        "deferred": " DEFERRABLE INITIALLY DEFERRED",
    }

    def __init__(
        self,
        *,
        name: str,
        fields: Sequence[str],
        to: str,
        to_fields: Sequence[str],
        carried: bool = False,
        deleted_with: bool = False,
        deferred: bool = False,
    ) -> None:
        super().__init__(name=name)
        self.fields, self.to, self.to_fields = tuple(fields), to, tuple(to_fields)
        rules = {"carried": carried, "deleted_with": deleted_with, "deferred": deferred}
        self.rules = {rule: True for rule, holds in rules.items() if holds}

    def constraint_sql(self, model: Any, schema_editor: Any) -> None:  # type: ignore[override]
        """Nothing inside CREATE TABLE."""
        self.create_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> None:  # type: ignore[override]
        """Made at the end of the migration: the UNIQUE that it needs may come after it there."""
        target, quote = model._meta.apps.get_model(self.to), schema_editor.quote_name
        schema_editor.deferred_sql.append(
            f"ALTER TABLE {quote(model._meta.db_table)} ADD CONSTRAINT {quote(self.name)}"
            f" FOREIGN KEY ({_columns(model, self.fields, quote)})"
            f" REFERENCES {quote(target._meta.db_table)}"
            f" ({_columns(target, self.to_fields, quote)})"
            + "".join(self.RULES[rule] for rule in self.rules)
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(self, *args: Any, **options: Any) -> None:
        """The database alone says it: the columns are copied by actions, never typed."""

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, named = super().deconstruct()
        own = {"fields": self.fields, "to": self.to, "to_fields": self.to_fields}
        return path, args, named | own | self.rules

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CompositeKey) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)


def _columns(model: Any, fields: Sequence[str], quote: Any) -> str:
    return ", ".join(quote(model._meta.get_field(name).column) for name in fields)
