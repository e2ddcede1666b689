"""By what is approved of a message it goes out: a provider's template, or one of WeChat's."""

from collections.abc import Callable

from django.conf import settings

from diedie_edu.notices.kinds import Kind, Text
from diedie_edu.notices.models import ApprovedTemplate, Notice, Provider
from diedie_edu.notices.queries.templates import provider_in_use
from diedie_edu.notices.text_messages import names_in
from diedie_edu.notices.wechat_fields import filled


class NotApprovedError(Exception):
    """The provider in use has approved no template by which a message could go; `name` is ours."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


def as_approved(text: Text, in_chinese: Callable[[], Text]) -> tuple[Text, str, list[str]]:
    """The message by what is approved of it: its text, the provider's code, and the names of the
    variables in the order in which they stand there.

    Who reads English gets the Chinese where that alone is approved. A gateway of our own that was
    told no code gets our name. Raises `NotApprovedError`.
    """
    for said in (text, *_in_chinese(text, in_chinese)):
        if found := _approved(said):
            return said, found.code, names_in(found.text)
    if provider_in_use():
        raise NotApprovedError(text.template)
    return text, text.template, list(text.variables)


def _in_chinese(text: Text, in_chinese: Callable[[], Text]) -> list[Text]:
    is_chinese = text.template.endswith(f".{settings.LANGUAGE_CODE}")
    return [] if is_chinese or not provider_in_use() else [in_chinese()]


def _approved(text: Text) -> ApprovedTemplate | None:
    """Under our name, with the variables that we have: with others the provider would refuse it."""
    rows = ApprovedTemplate.objects.filter(provider=settings.SMS_BACKEND, name=text.template)
    found = rows.first()
    has_all = found is not None and sorted(names_in(found.text)) == sorted(text.variables)
    return found if has_all else None


def of_wechat(kind: Kind, notice: Notice, text: Text) -> tuple[str, dict[str, str]]:
    """WeChat's number of the template by which a message goes, and what stands in its fields.
    Raises `NotApprovedError` where there is none, or something that does not fit."""
    name = kind.template(settings.LANGUAGE_CODE)
    row = ApprovedTemplate.objects.filter(provider=Provider.WECHAT, name=name).first()
    values = filled(kind, row.text, notice, text) if row else None
    if row is None or values is None:
        raise NotApprovedError(name)
    return row.code, values
