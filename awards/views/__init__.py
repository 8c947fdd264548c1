"""Pages of the awards."""
