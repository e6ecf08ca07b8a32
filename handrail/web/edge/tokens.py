"""Stream tokens: Django decides who may listen to what and signs it; the edge only reads the signature."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing

SALT = "handrail.edge.stream"
LIFE_SECONDS = 600


class Refused(Exception):
    """The token is missing, altered or too old: get a new one."""


@dataclass(frozen=True)
class Grant:
    """What a token allows. `replay` is the path of a view that tells what was missed, or empty."""

    viewer: str
    channels: tuple[str, ...]
    replay: str
    minted_at: float


def mint(*, viewer: str, channels: Sequence[str], replay: str = "") -> str:
    """A token for `GET /live?token=…`, good for ten minutes. Mint it after `visible_to` allowed the channels.

    viewer    who listens, such as `Viewer.key`; a "revoke" message naming it closes its streams
    channels  what is heard, such as ["conversation:12", "desk"]
    replay    a path on this site. When the browser comes back with Last-Event-ID, the edge asks it with
              `?after=<id>` (empty before the first one), the browser's cookies and the header X-Stream-Token,
              and passes its answer on: frames made by `edge.frame`. Without one the page hears "missed" and looks
              for itself
    """
    said = {"v": viewer, "c": list(channels), "r": replay, "t": round(time.time(), 3)}
    return signing.dumps(said, salt=SALT, compress=True)


def read(token: str) -> Grant:
    """What a token allows. Raises Refused."""
    if not token:
        raise Refused("no token")
    try:
        said = signing.loads(token, salt=SALT, max_age=LIFE_SECONDS)
    except signing.BadSignature as error:
        raise Refused(str(error)) from error
    return Grant(said["v"], tuple(said["c"]), said["r"], said["t"])
