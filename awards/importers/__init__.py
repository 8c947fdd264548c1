"""The catalogue of awards from data files."""
