"""From files to records: the plan as issued, and the tables units fill in."""
