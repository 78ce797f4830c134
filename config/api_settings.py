"""Settings of the API (docs/api.md): OAuth, DRF, the OpenAPI description."""

from config.environment import env

# What a client may be allowed, in words for the administrator who allows it.
API_SCOPES = {
    "incidents:read": "Read the incidents your organisation sees, and what changed",
    "incidents:write": "Report incidents, correct them and record that somebody is found (police)",
    "releases:read": "Read what was released to your whole organisation",
    "intelligence:read": "Read the intelligence reports that were sent to your force (police)",
    "intelligence:answer": "Acknowledge intelligence reports and say what came of them (police)",
    "releases:acknowledge": "Acknowledge what was released to your whole organisation, but threats to life",
    "appeals:request": "Ask for publicity appeals and withdraw them (police)",
    "appeals:read": "Read how your appeals stand, and where each is shown",
    "appeals:show": "Read what is published to your own outlets (media partners, billboards)",
    "partners:read": "Read the referrals that were sent to you (partners)",
    "partners:match": "Have encoded lists compared blindly, and read what a force has confirmed (partners)",
    "partners:answer": "Accept referrals or say no, report how they stand and what they came to (partners)",
    "rhi:refer": "Refer children for a Return Home Interview and read how it stands (police)",
    "textsafe:request": "Ask for a TextSafe and read what became of it (police)",
}
API_REQUESTS_A_MINUTE: int = env.int("API_REQUESTS_A_MINUTE", default=1200)
# Tokens asked for from one address.
API_TOKENS_A_MINUTE: int = env.int("API_TOKENS_A_MINUTE", default=60)
API_LARGEST_BODY = 64 * 1024

OAUTH2_PROVIDER_APPLICATION_MODEL = "clients.Client"
OAUTH2_PROVIDER = {
    "SCOPES": API_SCOPES,
    "SCOPES_BACKEND_CLASS": "foundation.clients.scopes.ClientScopes",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    # The database holds a digest of each token, never a token.
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    # Clients have their credentials alone; every other way in the library is shut.
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
}
REST_FRAMEWORK: dict[str, object] = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Harbour API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "DESCRIPTION": "For systems of police forces, authorities and the charity. Start with docs/api.md.",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": [],
    "PREPROCESSING_HOOKS": ["config.api_schema.only_the_api"],
    "POSTPROCESSING_HOOKS": ["config.api_schema.finished"],
    # The security of each operation is written by `finished`.
    "AUTHENTICATION_WHITELIST": [],
    # What is sent is described apart from what is answered: an empty text may be refused in one of them,
    # and a correction must name its version.
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_SPLIT_PATCH": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}
