"""Settings of the sign-in libraries (django-allauth, django-axes) that are the same on every machine."""

from datetime import timedelta

LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "foundation.single_sign_on.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = False
# A whole force may come from one address, so limits by address are wide and those by person narrow.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,10/10m/key",
    "reset_password": "30/m/ip,5/h/key",
    "reset_password_from_key": "30/m/ip",
    # Wrong codes of one person in a day: a six-figure code cannot be guessed by patience.
    "wrong_code": "30/d/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "confirm_email": "1/3m/key",
    # Each start may ask an organisation's provider what it is.
    "single_sign_on": "120/m/ip",
}

MFA_ADAPTER = "foundation.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# One step of thirty seconds either way: telephones' clocks differ and people type slowly.
MFA_TOTP_TOLERANCE = 1
# An address is proven by the invitation; without this nobody with a second factor could change theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "foundation.accounts.factor_forms.AuthenticateForm",
    "reauthenticate": "foundation.accounts.factor_forms.ReauthenticateForm",
}
# Authorising asks for a second factor this recent; a form then has this much longer to be sent.
SECOND_FACTOR_FRESH_SECONDS = 10 * 60
SECOND_FACTOR_FORM_SECONDS = 20 * 60

AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the trail keeps sign-ins
AXES_ENABLE_ADMIN = False
AXES_USERNAME_CALLABLE = "foundation.accounts.lockout.username_of"
AXES_CLIENT_IP_CALLABLE = "foundation.accounts.addresses.client_address"
AXES_CLIENT_STR_CALLABLE = "foundation.accounts.lockout.client_in_logs"
AXES_LOCKOUT_CALLABLE = "foundation.accounts.lockout.answer_locked_out"
AXES_SENSITIVE_PARAMETERS = ["login", "email", "username", "password", "ip_address"]

# The only pages a signed-in person without a second factor reaches, beside the public ones.
SECOND_FACTOR_SET_UP = frozenset(
    {
        "foundation.accounts.views.mine.second_factor",
        "allauth.account.views.ReauthenticateView",
        "allauth.mfa.totp.views.ActivateTOTPView",
        "allauth.mfa.webauthn.views.AddWebAuthnView",
    }
)
# What a session does not reach that an organisation's own sign-in opened (foundation.single_sign_on).
PASSWORD_PAGES = frozenset(
    {
        "allauth.account.views.EmailView",
        "allauth.account.views.PasswordChangeView",
        "allauth.account.views.PasswordSetView",
    }
)
FACTOR_PAGES = frozenset(
    {
        "allauth.mfa.base.views.IndexView",
        "allauth.mfa.totp.views.ActivateTOTPView",
        "allauth.mfa.totp.views.DeactivateTOTPView",
        "allauth.mfa.webauthn.views.ListWebAuthnView",
        "allauth.mfa.webauthn.views.AddWebAuthnView",
        "allauth.mfa.webauthn.views.EditWebAuthnView",
        "allauth.mfa.webauthn.views.RemoveWebAuthnView",
        "allauth.mfa.recovery_codes.views.ViewRecoveryCodesView",
        "allauth.mfa.recovery_codes.views.GenerateRecoveryCodesView",
        "allauth.mfa.recovery_codes.views.DownloadRecoveryCodesView",
    }
)
# Views of libraries, each by name, and whom they are open to (foundation.access). One that is not here
# answers nobody: a library that grows a page does not open it.
LIBRARY_ACCESS = {
    "allauth.account.views.LoginView": "public",
    "allauth.account.views.LogoutView": "public",
    "allauth.account.views.SignupView": "public",  # says that Harbour is by invitation
    "allauth.account.views.AccountInactiveView": "public",
    "allauth.account.views.EmailVerificationSentView": "public",
    "allauth.account.views.email_verification_sent": "public",
    "allauth.account.views.ConfirmEmailView": "public",
    "allauth.account.views.PasswordResetView": "public",
    "allauth.account.views.PasswordResetDoneView": "public",
    "allauth.account.views.PasswordResetFromKeyView": "public",
    "allauth.account.views.PasswordResetFromKeyDoneView": "public",
    "allauth.mfa.base.views.AuthenticateView": "public",  # between the password and the second factor
    "allauth.mfa.webauthn.views.LoginWebAuthnView": "public",
    "allauth.account.views.ConfirmLoginCodeView": "public",  # no codes by e-mail: it turns away
    "allauth.account.views.PasswordSetView": "signed_in",
    "allauth.account.views.ReauthenticateView": "signed_in",
    "allauth.account.views.EmailView": "signed_in",
    "allauth.account.views.PasswordChangeView": "signed_in",
    "allauth.mfa.base.views.IndexView": "signed_in",
    "allauth.mfa.base.views.ReauthenticateView": "signed_in",
    "allauth.mfa.totp.views.ActivateTOTPView": "signed_in",
    "allauth.mfa.totp.views.DeactivateTOTPView": "signed_in",
    "allauth.mfa.webauthn.views.ListWebAuthnView": "signed_in",
    "allauth.mfa.webauthn.views.AddWebAuthnView": "signed_in",
    "allauth.mfa.webauthn.views.EditWebAuthnView": "signed_in",
    "allauth.mfa.webauthn.views.RemoveWebAuthnView": "signed_in",
    "allauth.mfa.webauthn.views.ReauthenticateWebAuthnView": "signed_in",
    "allauth.mfa.recovery_codes.views.ViewRecoveryCodesView": "signed_in",
    "allauth.mfa.recovery_codes.views.GenerateRecoveryCodesView": "signed_in",
    "allauth.mfa.recovery_codes.views.DownloadRecoveryCodesView": "signed_in",
    "allauth.usersessions.views.ListUserSessionsView": "signed_in",
}
