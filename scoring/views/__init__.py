"""Pages of the scoring."""
