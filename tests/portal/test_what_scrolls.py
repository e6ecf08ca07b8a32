"""What scrolls by itself in an article can be reached by the keyboard."""

from __future__ import annotations

from handrail.web.portal.reading import laid_out


def test_code_and_tables_can_be_focused():
    laid, _headings = laid_out(
        '<pre><code class="language-sh">ls</code></pre><table><tr><td>1</td></tr></table>'
    )

    assert '<pre role="region" tabindex="0" aria-label="' in laid
    assert '<div class="table-wrap" role="region" tabindex="0"' in laid
    assert '<code class="language-sh">ls</code></pre>' in laid
