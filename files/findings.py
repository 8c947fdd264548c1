"""What an inspection may find wrong; the sentences are in `checks.py`."""


class Finding(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key
