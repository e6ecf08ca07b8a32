"""Links to articles in plain words: a pasted address of the help centre says which article is meant.

https://help.example.com/hc/ko/articles/12-환불  ->  12
"""

from __future__ import annotations

import re

from django.conf import settings

from handrail.workspace.hosts import site_of
from handrail.workspace.models import Brand

LINKED_MOST = 10
PAGES = re.compile(r"(https?://[^\s/\"'<>()]+)/hc/[a-z]{2}/articles/(\d{1,9})(?![\d.])")


def linked(text: str) -> list[int]:
    """Numbers of the articles whose pages `text` links to at the site's address or a brand's, in order, each once, at most ten.

    Nobody's permission is asked here: what is made of a number goes through `visible_to`.
    """
    found = PAGES.findall(text)
    sites = {settings.BASE_URL}
    if any(site not in sites for site, _number in found):
        sites |= {site_of(host) for host in Brand.objects.exclude(host="").values_list("host", flat=True)}
    return list(dict.fromkeys(int(number) for site, number in found if site in sites))[:LINKED_MOST]
