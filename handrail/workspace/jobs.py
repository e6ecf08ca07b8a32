"""Asking a brand's host name whether it leads to this server."""

from __future__ import annotations

from handrail.core.actors import SYSTEM
from handrail.core.fetch import Fetched, FetchError, Refused, fetch
from handrail.core.jobs.backend import task
from handrail.workspace.brand import Brand
from handrail.workspace.hosts import answer_to, question_for, site_of

SECONDS = 8.0
BYTES_MAX = 4_096


@task(attempts_max=1)
def ask_host(brand_id: int, path: str) -> str:
    """Fetch a word from the brand's host name that only this site can say, and keep what came of it (Brand.Finding).

    path  where the question is answered on this site, with QUESTION where it belongs
    """
    brand = Brand.objects.filter(pk=brand_id).exclude(host="").first()
    if brand is None:
        return ""
    question = question_for(brand.host)
    try:
        answer = fetch(
            f"{site_of(brand.host)}{path.replace('QUESTION', question)}", most=BYTES_MAX, seconds=SECONDS
        )
    except Refused as why:
        finding, detail = Brand.Finding.NOT_ASKED, str(why)
    except FetchError as why:
        finding, detail = Brand.Finding.NO_NAME, str(why)
    else:
        finding, detail = _read(answer, answer_to(question, host=brand.host))
    brand.found(finding, of=brand.host, detail=detail, by=SYSTEM)
    return str(finding)


def ask_soon(brand: Brand, path: str) -> None:
    """Have the name asked by the next free worker; pressed twice, once. `path` as ask_host takes it."""
    ask_host.using(dedupe_key=f"ask-host:{brand.pk}:{brand.host}").enqueue(brand.pk, path)


def _read(answer: Fetched, expected: str) -> tuple[Brand.Finding, str]:
    if answer.status == 200 and answer.text.strip() == expected:
        return Brand.Finding.REACHED, ""
    return Brand.Finding.ELSEWHERE, f"{answer.status} {answer.headers.get('location', '')}".strip()
