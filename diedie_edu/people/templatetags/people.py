"""People in templates."""

from django import template

from diedie_edu.people.rules.alike import called

register = template.Library()
register.filter("called", called)
