"""The one error a person sees: what happened, and what to do about it."""


class ModelError(Exception):
    """Something kept a model from being made; `remedy` says what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.remedy = remedy
