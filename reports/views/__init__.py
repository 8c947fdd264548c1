"""HTTP in, HTTP out, one file per page."""
