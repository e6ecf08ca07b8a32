"""Why asking a brand's host name came to nothing, in the reader's language; what to do about it where something can be."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from handrail.workspace.models import Brand

Told = Callable[[re.Match[str]], str]


def reason(brand: Brand) -> str:
    """The sentence for `host_detail`; what nobody foresaw stays as it was noted, "" for nothing."""
    detail = brand.host_detail
    for pattern, told in _known().get(brand.host_finding, []):
        if found := re.fullmatch(pattern, detail):
            return told(found)
    return detail


def _known() -> dict[str, list[tuple[str, Told]]]:
    """What core/fetch says (client.py, network.py) and what workspace/jobs.py notes, by finding."""
    return {
        Brand.Finding.NOT_ASKED: _refusals(),
        Brand.Finding.NO_NAME: _silences(),
        Brand.Finding.ELSEWHERE: _others(),
    }


def _refusals() -> list[tuple[str, Told]]:
    port = _(
        "This site's own address has the port %(port)s, and from here only the usual ports are asked. Whoever runs the server can add it to HANDRAIL_FETCH_PORTS and start it again."
    )
    inside = _(
        "The name leads to %(address)s, an address inside a network. Check the record in the DNS if it should be open to everybody."
    )
    return [
        (r"Port (\d+) is not fetched from.*", lambda found: port % {"port": found[1]}),
        (
            r"\S+ leads to (\S+), which is not a public address\.",
            lambda found: inside % {"address": found[1]},
        ),
        (r"\S+ is this machine\.", lambda _found: _("The name leads to this machine itself.")),
    ]


def _silences() -> list[tuple[str, Told]]:
    slow = _("The answer took too long. Ask again in a moment.")
    unknown = _("The name is not known in the DNS. Check the record, and how the name is spelled.")
    unsafe = _(
        "The certificate of the server that answers is not good for this name. Give the web server one for it."
    )
    closed = _("The name is known, but the server it leads to does not take the connection.")
    return [
        (r"\S+ did not answer: .*(too long|in time|[Tt]imeout|timed out).*", lambda _found: slow),
        (r"\S+ did not answer: .*(could not be looked up|has no address).*", lambda _found: unknown),
        (r"\S+ did not answer: .*(certificate|CERTIFICATE).*", lambda _found: unsafe),
        (r"\S+ did not answer: .*(refused|unreachable|reset).*", lambda _found: closed),
    ]


def _others() -> list[tuple[str, Told]]:
    onward = _("It answers with the status %(status)s and leads on to %(place)s.")
    status = _("It answers with the status %(status)s.")
    return [
        (r"(\d{3}) (\S+)", lambda found: onward % {"status": found[1], "place": found[2]}),
        (r"(\d{3})", lambda found: status % {"status": found[1]}),
    ]
