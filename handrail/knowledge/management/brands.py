"""Which brand a command is about."""

from __future__ import annotations

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from handrail.workspace.models import Brand


def brand_named(slug: str) -> Brand:
    """The brand of this slug, or the only one there is. Raises CommandError otherwise."""
    brands = Brand.objects.filter(slug=slug) if slug else Brand.objects.listed()
    found = list(brands[:2])
    if len(found) == 1:
        return found[0]
    if not found:
        raise CommandError(_("There is no such brand. Set the site up first, or check --brand."))
    raise CommandError(_("There are several brands. Say which one with --brand."))
