"""Figures and readings of a campaign as frozen dataclasses, one file per noun."""
