"""How browsers and proxies reach us: TLS only in production (settings, from the environment)."""

from config.environment import IS_PRODUCTION, env

# The header by which OUR proxy says that a visitor came over TLS, such as X-Forwarded-Proto. The proxy must
# set it itself and drop what visitors send; so production has to name it (docs/deployment.md).
TLS_PROXY_HEADER: str = env.str("TLS_PROXY_HEADER", default="")
SECURE_PROXY_SSL_HEADER = (
    (f"HTTP_{TLS_PROXY_HEADER.upper().replace('-', '_')}", "https") if TLS_PROXY_HEADER else None
)
# How many proxies of ours stand before the web server, each adding to X-Forwarded-For.
TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", default=0)
SECURE_SSL_REDIRECT: bool = env.bool("SECURE_SSL_REDIRECT", default=IS_PRODUCTION)
SECURE_HSTS_SECONDS: int = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 3600 if IS_PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS: bool = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=IS_PRODUCTION)
SECURE_HSTS_PRELOAD: bool = env.bool("SECURE_HSTS_PRELOAD", default=False)
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE: bool = env.bool("SESSION_COOKIE_SECURE", default=IS_PRODUCTION)
CSRF_COOKIE_SECURE: bool = env.bool("CSRF_COOKIE_SECURE", default=IS_PRODUCTION)
SESSION_COOKIE_NAME = "__Host-harbour" if IS_PRODUCTION else "harbour"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Joining the browsers' preload list is the owner's of the domain to decide, and hard to undo.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
