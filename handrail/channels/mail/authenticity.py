"""Does the sender's domain vouch for this mail? A From line is a claim; this is what can be known about it.

Two ways, in this order. Authentication-Results of the one hop we trust (its authserv-id: settings.MAIL_TRUSTED_HOP for
mail handed to us, the mailbox's own for mail we fetch), and only where it stands above the topmost Received line, which that hop wrote itself: whatever lies
below could have come with the mail. Else we check its DKIM signatures ourselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import dkim
from django.conf import settings

from handrail.channels.mail import headers as header_reader
from handrail.channels.mail.headers import Headers
from handrail.channels.mail.parsed import ParsedMail

# name ("selector._domainkey.example.com.") -> TXT record or None; may raise for a server that does not answer.
Resolver = Callable[[str], bytes | None]

SIGNATURES_MAX = 5
# A signature covers the lowest of each, readers show the first: with two of them it vouches for what nobody sees.
ONCE = (
    "from",
    "subject",
    "to",
    "date",
    "message-id",
    "content-type",
    "content-transfer-encoding",
    "mime-version",
)
DNS_SECONDS = 5
RESULT = re.compile(
    r"\b(dmarc|dkim)\s*=\s*(\w+)((?:\s+(?:\([^()]{0,500}\)|[\w.-]+\s*=\s*(?:\"[^\"]{0,300}\"|[^\s;()]{1,300})))*)"
)
PROPERTY = re.compile(r"([\w.-]+)\s*=\s*\"?([^\s;()\"]{1,300})")
COMMENT = re.compile(r"\([^()]{0,500}\)")
# Letters that the older IDNA turns into others or leaves out, and name servers today do not: straße is not strasse.
ANOTHERS = re.compile("[ß\u03c2\u200c\u200d]")


@dataclass(frozen=True)
class Verdict:
    """`vouched` decides; `how` is dmarc, dkim or "", `by` is hop, self or "", `reason` a code for people who look.

    `brought`: the mail bears a word on its sender that does not count, because it may have come with it.
    """

    vouched: bool
    how: str = ""
    by: str = ""
    reason: str = ""
    brought: bool = False


def check(
    raw: bytes, mail: ParsedMail, *, hop: str | None = None, resolver: Resolver | None = None
) -> Verdict:
    """Whether the domain of the From address vouches for the mail. Asks DNS (or `resolver`) at most SIGNATURES_MAX times.

    hop  the one whose word counts, "" for nobody's; None for the one in front of our listener

    A mail with several From addresses, none, or a Sender that differs names nobody.
    """
    if mail.identity_doubt or not mail.from_domain:
        return Verdict(False, reason=mail.identity_doubt or "no_from")
    headers = header_reader.read(_head(raw))
    if headers.cut:
        return Verdict(False, reason="headers_cut")
    by_hop = _hop_says(headers, mail.from_domain, settings.MAIL_TRUSTED_HOP if hop is None else hop)
    if by_hop:
        return by_hop
    own = _signatures(raw, headers, mail.from_domain, resolver)
    # What our hop said would have been heard above.
    return own if own.vouched else replace(own, brought=bool(headers.raw("authentication-results")))


def aligned(domain: str, with_domain: str) -> bool:
    """Whether two domains belong to one organisation, by the public suffix list (relaxed alignment).

    A top-level domain alone, or a name that cannot be told apart from another, belongs to nobody.
    """
    domain, with_domain = _in_ascii(domain), _in_ascii(with_domain)
    if "." not in domain or "." not in with_domain:
        return False
    return organisational(domain) == organisational(with_domain)


def organisational(domain: str) -> str:
    """The domain of the organisation a domain belongs to, in ASCII: its public suffix and one label more.

    Under a top-level domain that is not in the list, that one is the suffix (the list's rule for the rest, "*").
    A suffix, and what is no name, comes back as it is.
    """
    name = _in_ascii(domain)
    if not name:
        return domain
    suffix = _suffixes().get_tld(name)
    return ".".join(name.split(".")[-(suffix.count(".") + 2) :])


def _in_ascii(domain: str) -> str:
    """A name as name servers know it; "" for what is none, or would become another name on the way."""
    name = domain.lower().rstrip(".")
    if not name.isascii():
        try:
            name = "" if ANOTHERS.search(name) else name.encode("idna").decode("ascii").rstrip(".")
        except UnicodeError:
            return ""
    return name if all(name.split(".")) else ""


@cache
def _suffixes() -> Any:
    from authheaders.dmarc_lookup import PublicSuffixList

    with files("authheaders").joinpath("public_suffix_list.txt").open(encoding="utf-8") as lines:
        return PublicSuffixList(lines)


def _hop_says(headers: Headers, from_domain: str, hop: str) -> Verdict | None:
    """The trusted hop's word, or None where it said nothing that counts."""
    hop = hop.lower()
    if not hop:
        return None
    above: list[str] = []
    for name, value in headers.fields:
        if name == "received":
            # Without its own Received line the hop's mark is missing, and everything above may be foreign.
            if not re.search(rf"\bby\s+{re.escape(hop)}(?=[\s;(]|$)", value, re.IGNORECASE):
                return None
            break
        if name == "authentication-results":
            above.append(value)
    else:
        return None
    ours = [value for value in above if value.split(";", 1)[0].split()[:1] == [hop]]
    results = [match for value in ours for match in RESULT.finditer(value)]
    for method in ("dmarc", "dkim"):
        for match in results:
            if (
                match[1].lower() == method
                and match[2].lower() == "pass"
                and _speaks_of(match[3], method, from_domain)
            ):
                return Verdict(True, how=method, by="hop")
    return Verdict(False, by="hop", reason="not_passed") if results else None


def _speaks_of(properties: str, method: str, from_domain: str) -> bool:
    found = {name.lower(): value.lower() for name, value in PROPERTY.findall(COMMENT.sub(" ", properties))}
    if method == "dmarc":
        name = _in_ascii(found.get("header.from", "").rpartition("@")[2])
        return bool(name) and name == _in_ascii(from_domain)
    return aligned(found.get("header.d") or found.get("header.i", "").rpartition("@")[2], from_domain)


def _signatures(raw: bytes, headers: Headers, from_domain: str, resolver: Resolver | None) -> Verdict:
    signatures = headers.raw("dkim-signature")
    if not signatures:
        return Verdict(False, reason="unsigned")
    if any(len(headers.raw(name)) > 1 for name in ONCE):
        return Verdict(False, by="self", reason="repeated_header")
    reason = "not_aligned"
    for index, signature in enumerate(signatures[:SIGNATURES_MAX]):
        tags = _tags(signature)
        if not aligned(tags.get("d", ""), from_domain):
            continue
        # A length leaves room for words the domain never signed.
        if "l" in tags:
            reason = "signed_in_part"
            continue
        try:
            verifier = dkim.DKIM(raw, minkey=1024, timeout=DNS_SECONDS)
            if verifier.verify(index, dnsfunc=_dns(resolver)):
                return Verdict(True, how="dkim", by="self")
            reason = "signature_wrong"
        except dkim.ValidationError:
            reason = "signature_wrong"
        except dkim.DnsTimeoutError:
            reason = "dns_silent"
        except (dkim.DKIMException, ValueError, IndexError, KeyError, OSError):
            reason = "signature_unusable"
    return Verdict(False, by="self", reason=reason)


def _dns(resolver: Resolver | None) -> Callable[..., bytes | None]:
    def ask(name: bytes | str, timeout: int = DNS_SECONDS) -> bytes | None:
        text = name.decode("ascii", "replace") if isinstance(name, bytes) else name
        return (resolver or _ask_dns)(text)

    return ask


def _ask_dns(name: str) -> bytes | None:
    import dns.exception
    import dns.resolver

    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=DNS_SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return None
    except dns.exception.DNSException as silent:
        raise dkim.DnsTimeoutError(str(silent)) from silent
    return b"".join(next(iter(answer)).strings)


def _tags(signature: str) -> dict[str, str]:
    pairs = (item.partition("=") for item in re.sub(r"\s+", "", signature).split(";"))
    return {name: value for name, _, value in pairs if name}


def _head(raw: bytes) -> bytes:
    match = re.search(rb"\r?\n\r?\n", raw)
    return raw[: match.start()] if match else raw
