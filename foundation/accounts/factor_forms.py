"""The library's forms for a code, which counts once here (`used_codes`) and is shown in the demonstration."""

from __future__ import annotations

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms

from foundation.accounts import demo, used_codes


class _OnceMixin(forms.BaseAuthenticateForm):
    @property
    def demo_code(self) -> str:
        """The code to type in the demonstration; empty everywhere else."""
        return demo.code_for(self.user)

    def clean_code(self) -> str:
        """Check the code as the library does, that it was not used before, and not too many were wrong."""
        was_right = used_codes.try_once(self.user.pk)
        if was_right is None:
            raise get_account_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()
        was_right()
        if not used_codes.use_up(self.user.pk, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(_OnceMixin, forms.AuthenticateForm):
    """The second step of signing in."""


class ReauthenticateForm(_OnceMixin, forms.ReauthenticateForm):
    """Giving the second factor again."""
