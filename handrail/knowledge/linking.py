"""Links to articles in plain words: a pasted address of the help centre says which article is meant.

https://help.example.com/hc/ko/articles/12-환불  ->  12
"""

from __future__ import annotations

import re

from django.conf import settings

LINKED_MOST = 10


def linked(text: str) -> list[int]:
    """Numbers of the articles whose pages `text` links to, in order, each once, at most ten.

    Nobody's permission is asked here: what is made of a number goes through `visible_to`.
    """
    pages = re.compile(rf"{re.escape(settings.BASE_URL)}/hc/[a-z]{{2}}/articles/(\d{{1,9}})(?![\d.])")
    return list(dict.fromkeys(map(int, pages.findall(text))))[:LINKED_MOST]
