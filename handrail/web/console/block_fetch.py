"""The block an address of the console names."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from handrail.knowledge.models import Block

REMARKS_SHOWN = 5


def fetch(request: HttpRequest, pk: int) -> Block:
    """The block for who may write it. Raises Http404 for everybody else."""
    return get_object_or_404(Block.objects.editable_by(request.viewer).with_texts(), pk=pk)  # type: ignore[attr-defined]
