"""What people do in the scoring: scales, packages."""
