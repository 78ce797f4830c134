"""Bringing a file in, as the upload page and its worker do."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from missingcases.imports import services
from missingcases.imports.models import ImportBatch
from tests.cast import Member

BringIn = Callable[..., ImportBatch]


@pytest.fixture
def bring_in(settings, tmp_path, met_supervisor: Member) -> BringIn:
    """`bring_in(content, kind="csv")`: uploaded by the Met's supervisor and run to its end."""
    settings.MEDIA_ROOT = str(tmp_path / "media")

    def run(
        content: bytes, kind: str = "csv", *, by: Member = met_supervisor, is_dry_run: bool = False
    ) -> ImportBatch:
        batch = services.receive_file(
            actor=by.actor,
            organisation_id=by.organisation.pk,
            name=f"cases.{kind}",
            content=io.BytesIO(content),
            is_dry_run=is_dry_run,
            kick=False,
        )
        return services.run(batch_id=batch.pk)

    return run
