"""What goes wrong between us and a provider, in words for people and a code for the trail."""


class SignInProblem(Exception):
    """`code` is stable; `words` say what is wrong and hold nothing that a provider or a visitor sent."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


class Unreachable(SignInProblem):
    """The provider could not be asked, or answered what nobody can read."""


class NotTrusted(SignInProblem):
    """Something the provider or the browser brought does not hold."""
