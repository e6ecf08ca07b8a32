"""An SPF record followed through its includes (RFC 7208): who may send, how many questions it costs, how it ends."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field

from handrail.channels.mail import asking_dns

LOOKUPS_MOST = 10
COSTS = ("include:", "a", "a:", "a/", "mx", "mx:", "mx/", "ptr", "ptr:", "exists:", "redirect=")


@dataclass
class Policy:
    """What was found. `terms` are all mechanisms in lower case without their sign; `end` the sign before "all"."""

    lookups: int = 0
    terms: list[str] = field(default_factory=list)
    end: str = ""

    def permits(self, host: str, addresses: list[str], domain: str) -> bool:
        """Whether a server of this name or with one of these addresses may send. What only a sender's name decides is no."""
        named = {f"a:{host}", f"include:{host}"}
        if named & set(self.terms) or ("a" in self.terms and host == domain):
            return True
        networks = [term.partition(":")[2] for term in self.terms if term.startswith(("ip4:", "ip6:"))]
        return any(_is_in(address, network) for address in addresses for network in networks)


def records(domain: str) -> list[str]:
    """SPF records of a domain, in order; more than one make all of them void. Raises Silent."""
    return sorted(text for text in asking_dns.texts(domain) if re.match(r"(?i)v=spf1(\s|$)", text))


def read(record: str) -> Policy:
    """Follow a record. Stops counting shortly past what is allowed. Raises Silent."""
    policy = Policy()
    _follow(record, policy, depth=0)
    return policy


def _follow(record: str, policy: Policy, *, depth: int) -> None:
    for term in record.split()[1:]:
        sign = term[0] if term[0] in "+-~?" else "+"
        plain = term.lstrip("+-~?").lower()
        if plain == "all":
            policy.end = sign if depth == 0 else policy.end
            continue
        policy.terms.append(plain)
        if plain in COSTS or plain.startswith(
            tuple(cost for cost in COSTS if len(cost) > 2 or cost[-1] in ":/")
        ):
            policy.lookups += 1
        leads = re.fullmatch(r"(?:include:|redirect=)([a-z0-9._-]+)", plain)
        if leads and policy.lookups <= LOOKUPS_MOST:
            for further in records(leads[1])[:1]:
                # A redirect decides the end as well.
                _follow(further, policy, depth=depth if plain.startswith("redirect=") else depth + 1)


def _is_in(address: str, network: str) -> bool:
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False
