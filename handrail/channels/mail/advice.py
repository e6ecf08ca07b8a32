"""What the DNS says of a domain we send from: SPF, DKIM and DMARC, what stands, what is missing, and the line to add."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from handrail.channels.mail import asking_dns, authenticity, spf
from handrail.channels.mail.asking_dns import Silent
from handrail.channels.models import Inbox, Sending, SigningKey
from handrail.core.fetch.addresses import is_public

# A provider's own line for everybody who sends through it, by the end of its server's name.
PROVIDERS = {
    "gmail.com": "include:_spf.google.com",
    "google.com": "include:_spf.google.com",
    "office365.com": "include:spf.protection.outlook.com",
    "outlook.com": "include:spf.protection.outlook.com",
}
POLICIES = ("none", "quarantine", "reject")


@dataclass(frozen=True)
class Finding:
    """`state` is good, advice, missing, wrong or silent. `name` and `value` are the record to add, "" where none is."""

    kind: str
    state: str
    said: str
    name: str = ""
    value: str = ""
    found: str = ""


def sending_domains() -> list[str]:
    """Every domain a mailbox sends from."""
    rows = Inbox.objects.filter(kind=Inbox.Kind.MAIL, is_active=True).values_list("address", flat=True)
    return sorted({address.rpartition("@")[2] for address in rows})


def hosts_of(domain: str) -> list[str]:
    """The servers mail of this domain leaves through, as far as we know them."""
    inboxes = Inbox.objects.filter(kind=Inbox.Kind.MAIL, is_active=True, address__endswith=f"@{domain}")
    own = dict(Sending.objects.filter(inbox__in=inboxes).values_list("inbox", "host"))
    site = settings.EMAIL_HOST if settings.EMAIL_URL else ""
    return sorted(host for host in {own.get(inbox.pk, site) for inbox in inboxes} if _is_seen_outside(host))


def _is_seen_outside(host: str) -> bool:
    """Whether receivers meet a server by this name; a relay of our own network sends by another they see."""
    return is_public(host) if re.fullmatch(r"[0-9.]+|.*:.*", host) else "." in host


def look_at(domain: str, key: SigningKey | None) -> list[Finding]:
    """The three findings, in the current language. Asks the DNS, a few seconds a question at most."""
    found = []
    for kind, look in (("SPF", _spf), ("DKIM", lambda name: _dkim(name, key)), ("DMARC", _dmarc)):
        try:
            found.append(look(domain))
        except Silent as name:
            words = _(
                "The name server did not answer for %(name)s. Nothing is known of this record now; try again later."
            )
            found.append(Finding(kind, "silent", words % {"name": name}))
    return found


def _spf(domain: str) -> Finding:
    there, hosts = spf.records(domain), hosts_of(domain)
    wanted = [_mechanism(host) for host in hosts]
    whole = " ".join(["v=spf1", *dict.fromkeys(wanted), "~all"])
    if not hosts and len(there) < 2:
        words = _(
            "Which server receivers see your mail come from is not known here: no server is set, or it is one of your own "
            "network. Let the record name the one that sends for you."
        )
        return Finding("SPF", "advice" if there else "missing", words, found="".join(there))
    if not there:
        return Finding(
            "SPF",
            "missing",
            _("No record says which servers may send for this domain. Add this one."),
            domain,
            whole,
        )
    return _several_spf(domain, there) if len(there) > 1 else _one_spf(domain, there[0], hosts, wanted)


def _several_spf(domain: str, there: list[str]) -> Finding:
    terms = dict.fromkeys(term for each in there for term in each.split()[1:] if not term.endswith("all"))
    joined = " ".join(["v=spf1", *terms, "~all"])
    words = _("There are %(count)d SPF records, so receivers take none of them. Put this one in their place.")
    return Finding("SPF", "wrong", words % {"count": len(there)}, domain, joined, "\n".join(there))


def _one_spf(domain: str, record: str, hosts: list[str], wanted: list[str]) -> Finding:
    """What its only record says.

    hosts, wanted  the servers mail leaves through, and the term that would name each
    """
    policy = spf.read(record)
    if policy.lookups > spf.LOOKUPS_MOST:
        words = _(
            "The record costs receivers more than ten questions, so they stop and take it as broken. Drop what no longer sends for you."
        )
        return Finding("SPF", "wrong", words, found=record)
    lacking = [
        mechanism
        for host, mechanism in zip(hosts, wanted, strict=True)
        if mechanism not in policy.terms and not policy.permits(host, asking_dns.addresses(host), domain)
    ]
    if lacking:
        words = _("The record does not name the server your mail leaves through. Put this one in its place.")
        return Finding("SPF", "missing", words, domain, _with(record, lacking), record)
    if policy.end in ("", "+", "?"):
        words = _(
            "The record lets anybody send for this domain, because it does not end in ~all or -all. Put this one in its place."
        )
        return Finding("SPF", "wrong", words, domain, _with(record, []), record)
    return Finding(
        "SPF", "good", _("The servers your mail leaves through may send for this domain."), found=record
    )


def _dkim(domain: str, key: SigningKey | None) -> Finding:
    if key is None:
        return Finding(
            "DKIM",
            "missing",
            _("Mail is not signed here yet. Make a key; then its record to add stands here."),
        )
    there = [text for text in asking_dns.texts(key.name) if "p=" in text]
    if not there:
        return Finding(
            "DKIM",
            "missing",
            _("The key is made, its record is not there yet. Add this one; mail is signed once it is found."),
            key.name,
            key.value,
        )
    if len(there) > 1 or _public(there[0]) != key.public:
        words = _(
            "Another key stands in the record, so signatures of ours would be refused; mail leaves unsigned. Put this one in its place."
        )
        return Finding("DKIM", "wrong", words, key.name, key.value, "\n".join(there))
    if not key.is_signing:
        words = _(
            "The record holds our key. Mail is signed within the hour, or at once when you check again."
        )
        return Finding("DKIM", "advice", words, found=there[0])
    return Finding("DKIM", "good", _("The record holds our key, and mail is signed with it."), found=there[0])


def look_at_key(key: SigningKey) -> bool | None:
    """Whether its record stands as it must; None where the name server does not say."""
    try:
        there = [text for text in asking_dns.texts(key.name) if "p=" in text]
    except Silent:
        return None
    return len(there) == 1 and _public(there[0]) == key.public


def _dmarc(domain: str) -> Finding:
    there = _dmarc_records(f"_dmarc.{domain}")
    name, value = f"_dmarc.{domain}", "v=DMARC1; p=none; rua=mailto:postmaster@" + domain
    if not there and (above := authenticity.organisational(domain)) != domain:
        there = _dmarc_records(f"_dmarc.{above}")
    if not there:
        words = _(
            "No record says what receivers do with mail that only pretends to be yours. Begin with this one, which only asks for reports."
        )
        return Finding("DMARC", "missing", words, name, value)
    if len(there) > 1:
        words = _("There are %(count)d DMARC records, so receivers take none of them. Leave one.")
        return Finding("DMARC", "wrong", words % {"count": len(there)}, found="\n".join(there))
    tags = dict(re.findall(r"(?i)\b(p|rua)\s*=\s*([^;\s]+)", there[0]))
    policy = tags.get("p", "").lower()
    if policy not in POLICIES:
        words = _(
            "The record names no policy receivers know (p=none, quarantine or reject). Put this one in its place."
        )
        return Finding("DMARC", "wrong", words, name, value, there[0])
    if policy == "none":
        words = _(
            "Receivers report and refuse nothing yet (p=none). Once the reports show only your own servers, this is the next step."
        )
        return Finding(
            "DMARC", "advice", words, name, re.sub(r"(?i)\bp\s*=\s*none", "p=quarantine", there[0]), there[0]
        )
    return Finding(
        "DMARC",
        "good",
        _("Receivers refuse or set aside mail that only pretends to be yours."),
        found=there[0],
    )


def _dmarc_records(name: str) -> list[str]:
    return [text for text in asking_dns.texts(name) if re.match(r"(?i)v=DMARC1\s*(;|$)", text)]


def _mechanism(host: str) -> str:
    known = next((line for end, line in PROVIDERS.items() if host == end or host.endswith(f".{end}")), "")
    if known:
        return known
    return f"ip4:{host}" if re.fullmatch(r"[0-9.]+", host) else f"a:{host}"


def _with(record: str, more: list[str]) -> str:
    terms = [term for term in record.split()[1:] if term.lstrip("+-~?").lower() != "all"]
    closed = next((term for term in record.split() if term.lower() in ("-all", "~all")), "~all")
    return " ".join(["v=spf1", *dict.fromkeys([*terms, *more]), closed])


def _public(record: str) -> str:
    match = re.search(r"(?:^|;)\s*p\s*=([^;]*)", record)
    return re.sub(r"\s+", "", match[1]) if match else ""
