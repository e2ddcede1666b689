"""All text messages as templates to be handed in, and what a provider has approved of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.manifests import parts_of
from diedie_edu.common.pieces import Piece, pieces
from diedie_edu.community.known import community
from diedie_edu.notices.kinds import Kind, signed
from diedie_edu.notices.models import ApprovedTemplate, Provider
from diedie_edu.notices.named import named
from diedie_edu.notices.text_messages import (
    CODE,
    MOMENT,
    by_number,
    mainland_segments,
    units,
)
from diedie_edu.notices.wechat_fields import TITLE, TOLD_AT, faults, goes_by_wechat, proposed

BY_TEMPLATES = (Provider.ALIBABA, Provider.TENCENT)
MISSING, APPROVED, DIFFERS = "missing", "approved", "differs"
STATES = {
    MISSING: _("not approved yet"),
    APPROVED: _("approved"),
    DIFFERS: _("differs from what was approved"),
}


@dataclass(frozen=True)
class Filed:
    """One template as it is handed in to a provider. `text` are its words with ${…}, `longest` the
    longest value of each variable; `approved` is what the provider has of it."""

    provider: Provider
    name: str
    language: str
    title: str
    is_code: bool
    signature: str
    text: str
    longest: Mapping[str, str]
    approved: ApprovedTemplate | None

    @property
    def wording(self) -> str:
        """As this provider writes it."""
        return by_number(self.text) if self.provider == Provider.TENCENT else self.text

    @property
    def filled(self) -> str:
        """At its longest, as it arrives."""
        filled = re.sub(r"\$\{(\w+)\}", lambda place: self.longest[place[1]], self.text)
        return f"【{self.signature}】{filled}"

    @property
    def length(self) -> int:
        return units(self.filled)

    @property
    def segments(self) -> int:
        return mainland_segments(self.filled)

    @property
    def variables(self) -> list[tuple[str, str, int]]:
        """Name, example and longest length of each."""
        return [(name, value, units(value)) for name, value in self.longest.items()]

    @cached_property
    def state(self) -> str:
        if self.approved is None:
            return MISSING
        return APPROVED if self.approved.text == self.text else DIFFERS

    @property
    def tone(self) -> str:
        return {APPROVED: "leaf", DIFFERS: "brick"}.get(self.state, "amber")

    @property
    def state_label(self) -> str:
        return str(STATES[self.state])

    def mentions(self, words: str) -> bool:
        """Whether its name, its title, its code or its words hold `words`."""
        code = self.approved.code if self.approved else ""
        said = "\n".join((self.name, self.title, code, self.wording))
        return words.casefold() in said.casefold()

    @property
    def faults(self) -> list[str]:
        """Why what was approved cannot be filled."""
        return []

    @property
    def differences(self) -> list[Piece]:
        """What our words say otherwise than those approved."""
        return list(pieces(self.approved.text, self.text)) if self.approved else []


@dataclass(frozen=True)
class FiledByWeChat(Filed):
    """One kind as template message: `text` says which fields a template of WeChat's library should
    have, and `approved` what stands in those of the one that was chosen."""

    kind: Kind

    @property
    def wording(self) -> str:
        return self.text

    @cached_property
    def faults(self) -> list[str]:
        return faults(self.kind, self.approved.text) if self.approved else []

    @cached_property
    def state(self) -> str:
        if self.approved is None:
            return MISSING
        return DIFFERS if self.faults else APPROVED


def all_filed(provider: Provider) -> list[Filed]:
    """In Chinese, then in English; each kind, and the one that says whom it is for. At WeChat each
    kind once."""
    rows = ApprovedTemplate.objects.filter(provider=provider)
    approved = {row.name: row for row in rows}
    if provider == Provider.WECHAT:
        kinds = [kind for kind in parts_of(Kind) if goes_by_wechat(kind)]
        return [
            _by_wechat(one, approved.get(one.template(settings.LANGUAGE_CODE))) for one in kinds
        ]
    return [
        _filed(provider, kind, language, approved.get(kind.template(language)))
        for language, _name in settings.LANGUAGES
        for kind in kinds_in(language)
    ]


def _by_wechat(kind: Kind, approved: ApprovedTemplate | None) -> "FiledByWeChat":
    filed = _filed(Provider.WECHAT, kind, settings.LANGUAGE_CODE, approved)
    with override(settings.LANGUAGE_CODE):
        own = {name: sort.value for name, sort in kind.variables.items()}
    longest = {TITLE: filed.title, **own, TOLD_AT: MOMENT.value}
    facts = vars(filed) | {"text": proposed(kind), "longest": longest}
    return FiledByWeChat(**facts, kind=kind)


def fits(filed: Filed, *, q: str, state: str, language: str, **_other: str) -> bool:
    """Whether it is one of those asked for; what is empty asks for all."""
    if state and filed.state != state:
        return False
    return filed.language in (language or filed.language) and filed.mentions(q)


def counted(filed: Iterable[Filed]) -> dict[str, int]:
    """How many there are of each state."""
    return dict(Counter(one.state for one in filed))


def every_kind() -> Iterator[Kind]:
    for kind in parts_of(Kind):
        yield from {found.code: found for found in (kind, named(kind))}.values()


def kinds_in(language: str) -> list[Kind]:
    """Which kinds have room for a name depends on the language they speak, not on the reader's."""
    with override(language):
        return list(every_kind())


def _filed(
    provider: Provider, kind: Kind, language: str, approved: ApprovedTemplate | None
) -> Filed:
    title = re.sub(r"\{\w+\}", "…", gettext(str(kind.title)))
    with override(language):
        longest = kind.longest()
        text = kind.wording().format_map({name: f"${{{name}}}" for name in longest})
    return Filed(
        provider=provider,
        name=kind.template(language),
        language=language,
        title=title,
        is_code=CODE in kind.variables.values(),
        signature=settings.SMS_SIGNATURE or signature(),
        text=text,
        longest=longest,
        approved=approved,
    )


def signature() -> str:
    """What providers put in front as 【…】, in messages of both languages."""
    with override(settings.LANGUAGE_CODE):
        return signed("").strip().strip("【】")


def provider_in_use() -> Provider | None:
    """The one by whose templates alone text messages go out; None where they go as words."""
    return next((one for one in BY_TEMPLATES if one == settings.SMS_BACKEND), None)


def codes_without_template() -> int:
    """How many sorts of one-time codes the provider in use has not approved in Chinese."""
    codes = [kind.code for kind in parts_of(Kind) if CODE in kind.variables.values()]
    rows = ApprovedTemplate.objects.filter(provider=settings.SMS_BACKEND)
    names = set(rows.values_list("name", flat=True))
    chinese = (f"{code}.{settings.LANGUAGE_CODE}" for code in codes)
    return sum(name not in names for name in chinese)


def differing() -> int:
    """How many templates of the provider in use say something else than was approved."""
    facts = {name: value for name, value in vars(community()).items() if name != "_state"}
    own = _own_texts(repr(facts))
    rows = ApprovedTemplate.objects.filter(provider=settings.SMS_BACKEND)
    return sum(own.get(name, text) != text for name, text in rows.values_list("name", "text"))


@lru_cache(maxsize=2)
def _own_texts(_of_community: str) -> dict[str, str]:
    """Of every template by its name, as the portal says it now: its code and its community."""
    filed = (
        _filed(Provider.HTTP, kind, language, None)
        for language, _name in settings.LANGUAGES
        for kind in kinds_in(language)
    )
    return {one.name: one.text for one in filed}


def provider_shown() -> Provider:
    """Whose templates the pages show unless another's are asked for."""
    return Provider(settings.SMS_BACKEND) if settings.SMS_BACKEND in Provider else Provider.ALIBABA
