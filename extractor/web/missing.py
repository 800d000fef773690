"""What was asked for and is not there."""


class Missing(Exception):
    """A page, document or part that is not there (404). `key`: the words that say so."""

    def __init__(self, key: str = "common.not_found") -> None:
        super().__init__(key)
        self.key = key
