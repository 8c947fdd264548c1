"""Why a file is not read as a plan."""


class Unreadable(Exception):
    """Không đọc được. `str()` is the sentence for the person who sent the file."""
