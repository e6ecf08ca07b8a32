"""Without scripts what was asked goes along in the addresses, from the results through articles to a person.

With them the reader's tab remembers it (frontend/ui/tried.ts), the addresses stay bare and pages come from memory.
"""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest

from handrail.web.portal.carried import TRIED_MAX, ask_of, question_of, tried_of

# Links to articles and to people; the words go nowhere else.
WAYS = re.compile(r'(<a\b[^>]*?\shref=")(/hc/[a-z]{2}/(?:articles/|requests/new|chat)[^"]*)"')


def with_what_was_asked(page: str, request: HttpRequest, *, article: int) -> str:
    """The page of an article with the question its own address carries added to its ways on; unchanged without one.

    article  id of the one read here, which the next address names among what was tried
    """
    question = question_of(request.GET)
    if not question:
        return page
    tried = dict.fromkeys([article, *tried_of(request.GET)])
    words = {
        "question": question,
        "ask": ask_of(request.GET),
        "tried": ",".join(map(str, list(tried)[:TRIED_MAX])),
    }
    return WAYS.sub(lambda way: f'{way[1]}{escape(_added(unescape(way[2]), words))}"', page)


def _added(address: str, words: dict[str, str]) -> str:
    whole = urlsplit(address)
    known = dict(parse_qsl(whole.query))
    given = {name: text for name, text in words.items() if text}
    return whole._replace(query=urlencode(given | known)).geturl()
