"""What the supervisor tells the person at the terminal: Chinese first, then English."""

import sys


def say(chinese: str, english: str) -> None:
    """Print one line in both languages, at once."""
    print(f"{chinese}  {english}", flush=True)


def step(number: int, chinese: str, english: str) -> None:
    """Print a step of `make run`; the Makefile prints the first two."""
    say(f"[{number}/7] {chinese}", english)


def complain(chinese: str, english: str) -> None:
    """Print what went wrong and the way out, to standard error."""
    print(f"\n✗ {chinese}\n  {english}\n", file=sys.stderr, flush=True)


class Failed(Exception):  # noqa: N818 - named like Refused
    """The command cannot go on; both texts say what happened and what to do."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(english)
        self.chinese = chinese
        self.english = english
