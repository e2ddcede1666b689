"""Searching in titles and in names without a key: `title__mentions=words`."""

import re
from typing import Any

from django.db.models import CharField, Lookup, TextField

from diedie_edu.common.characters import APOSTROPHES, DASHES, DOTS
from diedie_edu.common.names import letters_of
from diedie_edu.common.variants import COUNTS_AS

# Signs and spaces of the blocks that texts have them from; 々 and 〇 are letters.
_SIGNS = (
    "[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf"
    "\u2000-\u206f\u3000-\u3004\u3008-\u3020\u3030-\u303f\ufe00-\ufe6f\uff00-\uff0f"
    f"{re.escape(DOTS + DASHES + APOSTROPHES)}]+"
)


@CharField.register_lookup
@TextField.register_lookup
class Mentions(Lookup):
    """Whether a text holds some words, whatever the width, case, spaces, signs and variants of
    characters are on either side. Of the variants only those of the words need to be known."""

    lookup_name = "mentions"

    def get_prep_lookup(self) -> str:
        return letters_of(str(self.rhs))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        text, params = self.process_lhs(compiler, connection)
        written = [(chr(one), meant) for one, meant in COUNTS_AS.items() if meant in self.rhs]
        variants = ("".join(sign for sign, _m in written), "".join(meant for _s, meant in written))
        plain = f"translate(lower(normalize({text}::text, NFKC)), %s, %s)"
        pattern = f"%{connection.ops.prep_for_like_query(self.rhs)}%"
        sql = f"regexp_replace({plain}, %s, '', 'g') LIKE %s"
        return sql, (*params, *variants, _SIGNS, pattern)
