"""HTTP in, HTTP out, one file per noun."""
