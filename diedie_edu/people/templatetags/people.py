"""People in templates."""

from django import template

from diedie_edu.people.rules.alike import called, called_among

register = template.Library()
register.filter("called", called)
register.filter("called_among", called_among)
