"""Asking a model at an OpenAI-compatible address the operator named. It may be away, late, wrong or hostile."""

from __future__ import annotations

import json
from typing import Any

from handrail.core.fetch import Fetched, FetchError, Unreachable, fetch


def post(
    address: str, asked: dict[str, Any], *, key: str, most: int, seconds: float
) -> tuple[Fetched | None, str]:
    """What it answers to `asked`, sent as JSON, and ""; or None and why: "away" or "refused". Never raises.

    key      sent as a bearer's; "" where the address wants none
    most     bytes the answer may have
    seconds  the longest to wait for the whole answer
    """
    headers = {"content-type": "application/json"}
    if key:
        headers["authorization"] = f"Bearer {key}"
    content = json.dumps(asked, ensure_ascii=False).encode()
    try:
        answer = fetch(address, method="POST", headers=headers, content=content, most=most, seconds=seconds)
    except FetchError as problem:
        return None, "away" if isinstance(problem, Unreachable) else "refused"
    return (answer, "") if answer.status == 200 else (None, "refused")
