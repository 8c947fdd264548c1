"""Scales and packages from data files and from sheets."""
