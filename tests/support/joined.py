"""How many tables a statement joins, as the planner of PostgreSQL sees it."""

import re

# A paragraph of its own begins with each SELECT in brackets; EXISTS joins the one around it.
WORDS = re.compile(r"\bEXISTS ?\(\s*SELECT\b|\(\s*SELECT\b|\(|\)|\bJOIN\b", re.IGNORECASE)


def tables_joined(sql: str) -> int:
    """The largest number of tables that are put into an order together."""
    open_ones, found = [1], [1]
    own = [True]  # whether the bracket is a paragraph of its own
    for word in WORDS.findall(sql):
        if word == ")":
            if len(own) > 1 and own.pop():
                open_ones.pop()
        elif word.upper() == "JOIN" or word[0] != "(":
            open_ones[-1] += 1
            found.append(open_ones[-1])
            if word[-1] != "N":
                own.append(False)
        else:
            own.append(len(word) > 1)
            if own[-1]:
                open_ones.append(1)
    return max(found)
