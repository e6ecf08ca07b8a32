"""What the sign-in library's pages need to look like ours: built files, icons, the brand."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from handrail.web.ui import assets
from handrail.workspace.models import Brand

register = template.Library()

# Here and not in the templates, because the texts of the interface are gathered from Python and our own pages.
WORDS = {
    "language": _("Language"),
    "sign_in": _("Sign in"),
    "sign_in_to_desk": _("Sign in to the desk"),
    "for_colleagues": _(
        "For colleagues. Customers see their requests in the help centre, by a link we mail them."
    ),
    "forgot": _("I forgot my password"),
    "passkey": _("Sign in with a passkey"),
}


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file by its plain name."""
    return assets.static(name)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside words that say the same."""
    return mark_safe(assets.icon(name))  # noqa: S308  (shapes from our own build)


@register.simple_tag
def house() -> Brand:
    """The brand whose door this is; a nameless one before set-up."""
    return Brand.objects.order_by("pk").first() or Brand(
        slug="help", name_ko="도움말", name_en="Help", hue=195
    )


@register.simple_tag
def words() -> dict[str, object]:
    """Our own sentences on these pages, in the page's language."""
    return dict(WORDS)
