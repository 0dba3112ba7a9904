"""Rendering: a report as text in one of the formats."""
