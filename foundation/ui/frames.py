"""Finished pages of the public site, shown to staff in a frame of a page of ours."""

from __future__ import annotations

# What is shown in a frame runs nothing, sends nothing, leads nowhere, and stands in pages of ours alone.
FRAME_POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox allow-same-origin",
    )
)
