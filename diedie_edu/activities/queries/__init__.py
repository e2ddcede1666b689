"""Reads that more than one door needs."""
