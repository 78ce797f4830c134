"""The library's forms for a code, which counts once here (`used_codes`) and is shown in the demonstration."""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms

from foundation.accounts import demo, used_codes


class _OnceMixin(forms.BaseAuthenticateForm):
    @property
    def demo_code(self) -> str:
        """The code to type in the demonstration; empty everywhere else."""
        return demo.code_for(self.user)

    def clean_code(self) -> str:
        """Check the code as the library does, and that it was not used before."""
        code: str = super().clean_code()
        if not used_codes.use_up(self.user.pk, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(_OnceMixin, forms.AuthenticateForm):
    """The second step of signing in."""


class ReauthenticateForm(_OnceMixin, forms.ReauthenticateForm):
    """Giving the second factor again."""
