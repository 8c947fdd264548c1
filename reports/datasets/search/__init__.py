"""Search over everything the portal knows, in the rights of who asks (tìm kiếm)."""
