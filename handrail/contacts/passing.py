"""Who calls themselves by somebody else's address would be taken for them wherever names are shown."""

from __future__ import annotations

import re
import unicodedata

ADDRESS = re.compile(r"[^\s@\"'(),:;<>\[\]\\]{1,64}@[^\s@\"'(),:;<>\[\]\\]{1,253}")


def holds_another_address(name: str, *own: str) -> bool:
    """Whether a name holds an address that is none of their own. "kim@work" is how some people call themselves."""
    theirs = {address.casefold() for address in own}
    found = ADDRESS.findall(unicodedata.normalize("NFKC", name))
    held = {each.rstrip(".").casefold() for each in found if "." in each.rpartition("@")[2].strip(".")}
    return bool(held - theirs)
