"""Where a notice leads: the path of the page it is about, for mails and devices."""

from __future__ import annotations

from handrail.conversations.notices.kinds import Kind
from handrail.conversations.notices.notice import Notice


def path_of(notice: Notice) -> str:
    """An absolute path without a host; the list of notices, where it is about nothing that has a page."""
    if "article" in notice.data:
        page = f"/console/articles/{notice.data['article']}/{notice.data['locale']}"
        return f"{page}/difference" if notice.kind == Kind.REVIEW else page
    if "block" in notice.data:
        return f"/console/blocks/{notice.data['block']}/{notice.data['locale']}"
    if notice.conversation_id is not None:
        return f"/desk/conversations/{notice.conversation_id}"
    if "inbox" in notice.data:
        return f"/console/mailboxes/{notice.data['inbox']}"
    return "/desk/notices"
