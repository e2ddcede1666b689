"""From what somebody typed to what everybody reads: Markdown, cleaned."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "strong", "em", "a"),
    *("img", "table", "thead", "tbody", "tr", "th", "td", "code", "pre"),
}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height", "loading"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
OWN_PICTURE = re.compile(r"(https?://[^/\s]+)?/files/[0-9a-f]{32}")
SENTENCE = 80  # signs of the summary
HIGHEST, LOWEST = 2, 4  # a page has one h1, its title


@dataclass(frozen=True)
class Drawn:
    """A picture as a text shows it."""

    url: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Written:
    """A text for readers, and the numbers of the pictures that stand in it."""

    html: str
    used: frozenset[int] = field(default_factory=frozenset)


def html_of(text: str, pictures: Mapping[int, Drawn], host: str = "") -> Written:
    """A text as clean HTML. `![](2)` draws its own picture 2, if that is among `pictures`; no other
    picture is ever drawn. `host` makes addresses whole that are not, as a feed needs them."""
    tokens = _reader().parse(text)
    used = set(_drawn(tokens, pictures, host))
    html = _reader().renderer.render(tokens, _reader().options, {})
    return Written(_clean(html).replace("<p></p>\n", ""), frozenset(used))


def plain(text: str) -> str:
    """The words of a text alone, a line for each paragraph."""
    import nh3

    html = html_of(text, {}).html
    bare = unescape(nh3.clean(html, tags=set()))
    return "\n".join(filter(None, (line.strip() for line in bare.splitlines())))


def summary_of(text: str) -> str:
    """How it begins, for cards and chats."""
    words = " ".join(plain(text).split())
    return words if len(words) <= SENTENCE else f"{words[: SENTENCE - 1]}…"


def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")


def _clean(html: str) -> str:
    import nh3

    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_only_own,
        url_schemes=SCHEMES,
        link_rel="noopener nofollow",
    )


def _only_own(tag: str, name: str, value: str) -> str | None:
    """No picture comes from elsewhere, and nothing is said that cannot be seen."""
    if name in ("title", "lang"):
        return None
    if (tag, name) == ("img", "src") and not OWN_PICTURE.fullmatch(value):
        return None
    return value


def _drawn(tokens: "Iterable[Token]", pictures: Mapping[int, Drawn], host: str) -> Iterator[int]:
    """Headings below the title, links whole, pictures in place; which numbers stand there."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(max(int(token.tag[1]), HIGHEST), LOWEST)}"
        kept = []
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("href", _whole(str(child.attrGet("href")), host))
            if child.type == "image":
                number = _number(str(child.attrGet("src")))
                if number not in pictures:
                    continue
                _draw(child, pictures[number], host)
                yield number
            kept.append(child)
        token.children = kept if token.children else token.children


def _number(reference: str) -> int:
    return int(reference) if reference.isdecimal() and len(reference) < 4 else 0


def _draw(image: "Token", picture: Drawn, host: str) -> None:
    from markdown_it.token import Token

    image.attrs = {
        "src": _whole(picture.url, host),
        "alt": "",
        "width": picture.width,
        "height": picture.height,
        "loading": "lazy",
    }
    image.children = [Token("text", "", 0, content=picture.alt)]


def _whole(address: str, host: str) -> str:
    return host + address if address.startswith("/") and not address.startswith("//") else address
