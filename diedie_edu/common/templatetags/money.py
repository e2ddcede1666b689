"""Amounts of money in figures and in words."""

from django import template

from diedie_edu.common.money import change, figures, in_words

register = template.Library()
register.filter("money", figures)
register.filter("money_change", change)
register.filter("money_words", in_words)
