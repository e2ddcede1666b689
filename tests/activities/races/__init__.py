"""Races on one activity, with real threads; each beside a control without its guard.

A control must show the fault that the guard prevents: otherwise the test above it proves
nothing.
"""
