"""The inputs of forms, in the look of the portal."""

from typing import Any

from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

CONTROL_CLASSES = {"checkbox": "form-check-input", "select": "form-select"}


def is_wide(field: BoundField) -> bool:
    """Whether an input needs the whole width where fields stand in two columns."""
    longest = getattr(field.field, "max_length", None) or 0
    return field.use_fieldset or field.widget_type == "textarea" or longest > 100


def control(field: BoundField) -> SafeString:
    """The input of a field, in the look of the portal."""
    widget = field.field.widget
    look = CONTROL_CLASSES.get(field.widget_type, "form-control")
    css = [look, widget.attrs.get("class"), "is-invalid" if field.errors else None]
    attrs = {"class": " ".join(filter(None, css))}
    return _select(field, attrs) if field.widget_type == "select" else field.as_widget(attrs=attrs)  # type: ignore[arg-type]


def _select(field: BoundField, attrs: dict[str, str]) -> SafeString:
    """A drop-down list in one go; Django's widget renders a template for every option."""
    widget = field.field.widget
    attrs = field.build_widget_attrs({"id": field.auto_id} | attrs, widget)  # type: ignore[arg-type, assignment]
    context = widget.get_context(field.html_name, field.value(), attrs)["widget"]
    groups = format_html_join("", "{}", ((_options(*group),) for group in context["optgroups"]))
    return format_html(
        '<select name="{}"{}>{}</select>', context["name"], flatatt(context["attrs"]), groups
    )


def _options(group: str | None, options: list[dict[str, Any]], _index: int) -> SafeString:
    drawn = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((row["value"], " selected" if row["selected"] else "", row["label"]) for row in options),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', group, drawn) if group else drawn
