"""What other rooms bring to publicity."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FilesWithPictures:
    """Files of another room in which pictures leave the portal; `of(pictures)` says by the number
    of each picture which ones, in words."""

    of: Callable[[Collection[int]], Mapping[int, list[str]]]
