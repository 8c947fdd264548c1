"""`/api/v1`: programs read what their person may see, with a key instead of a sign-in (ADR 0035)."""
