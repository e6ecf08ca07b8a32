"""What may be washed is quoted together with what may not: a filter that got wet is spoilt."""

from __future__ import annotations

import pytest

from demo.data import HERE
from handrail.answers.passages import passages, sections
from handrail.core.markdown import to_html


@pytest.mark.parametrize(
    ("locale", "told", "warned"),
    [
        ("en", ("wash it", "Soak the pre-filter"), "never the filter behind it"),
        ("ko", ("물로 씻어 주세요", "담가 주세요"), "뒤의 필터는 물"),
    ],
)
def test_each_passage_that_tells_to_wash_says_what_must_not_be_washed(locale, told, warned):
    written = (HERE / f"articles/baram-air/filter/wash-prefilter.{locale}.md").read_text("utf-8")
    html = to_html(written.split("---\n", 2)[2], profile="article")
    quoted = [passage for section in sections(html) for passage in passages(section)]

    for words in told:
        [passage] = [one for one in quoted if words in one]
        assert warned in passage
