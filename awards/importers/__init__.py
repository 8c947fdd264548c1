"""The catalogue from data files, and lists of nominees from sheets."""
