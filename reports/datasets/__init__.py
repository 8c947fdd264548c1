"""Figures of the home page, the overview and the consolidated report, one file per page."""
