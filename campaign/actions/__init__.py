"""Everything a person can do to a campaign's records, one file per noun."""
