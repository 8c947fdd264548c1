"""Demonstration data: made from the plan itself, the same at every run, marked as such."""
