"""What stands beside the rows of a list: their tags, who looks or types there, who has begun to write. In one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from handrail.conversations.presence import STILL_HERE
from handrail.core import clock
from handrail.core.prepared import rows_of

STEP = 50  # numbers in one query, so that its text stays the same
TAG, LOOKS, TYPES, DRAFT, ASIDE, ANOTHER = range(6)

# Our own tables and nothing anybody typed. Numbers come from lists that went through `visible_to`.
SQL = """
SELECT {tag}, t.conversation_id, g.name, 0
  FROM conversations_conversation_tags t JOIN conversations_tag g ON g.id = t.tag_id
 WHERE t.conversation_id IN ({numbers})
UNION ALL
SELECT CASE WHEN p.is_typing THEN {types} ELSE {looks} END, p.conversation_id, u.name, u.id
  FROM conversations_presence p JOIN accounts_user u ON u.id = p.user_id
 WHERE p.conversation_id IN ({numbers}) AND p.seen_at >= %s
UNION ALL
SELECT {draft}, d.conversation_id, u.name, u.id
  FROM conversations_draft d JOIN accounts_user u ON u.id = d.user_id
 WHERE d.conversation_id IN ({numbers}) AND (d.text <> '' OR d.said IS NOT NULL)
UNION ALL
SELECT {aside}, s.side_of_id, s.subject, 0
  FROM conversations_conversation s WHERE s.side_of_id IN ({numbers}) AND s.side_news_at IS NOT NULL
UNION ALL
SELECT {another}, c.number, CASE WHEN m.from_address <> '' AND (m.author_name = '' OR NOT m.is_verified)
                            THEN m.from_address ELSE m.author_name END, 0
  FROM conversations_conversation c
  JOIN conversations_message m ON m.conversation_id = c.number AND m.seq =
       (SELECT MAX(n.seq) FROM conversations_message n WHERE n.conversation_id = c.number AND NOT n.is_automatic)
  JOIN contacts_person w ON w.id = m.author_id
  JOIN contacts_person r ON r.id = c.requester_id
 WHERE c.number IN ({numbers}) AND c.last_message_from = 'in' AND m.direction = 'in' AND m.author_kind = 'person'
   AND COALESCE(w.merged_into_id, w.id) <> COALESCE(r.merged_into_id, r.id)
""".format(  # noqa: S608  (names of our own tables)
    tag=TAG,
    looks=LOOKS,
    types=TYPES,
    draft=DRAFT,
    aside=ASIDE,
    another=ANOTHER,
    numbers=", ".join(["%s"] * STEP),
)


@dataclass(frozen=True)
class Beside:
    """By number. tags: by name · looking: (name, is typing) of colleagues · drafts: names of colleagues who have begun
    to write, "" for oneself · aside: subjects of side conversations with an answer nobody has read · another: who wrote
    the words a list shows, where that is not the requester; by the address where nobody vouched for the name"""

    tags: dict[int, list[str]] = field(default_factory=dict)
    looking: dict[int, list[tuple[str, bool]]] = field(default_factory=dict)
    drafts: dict[int, list[str]] = field(default_factory=dict)
    aside: dict[int, list[str]] = field(default_factory=dict)
    another: dict[int, str] = field(default_factory=dict)


def beside(numbers: Sequence[int], *, me: int) -> Beside:
    """What stands beside these conversations for the colleague `me`."""
    tags: dict[int, list[str]] = defaultdict(list)
    looking: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    drafts: dict[int, list[str]] = defaultdict(list)
    aside: dict[int, list[str]] = defaultdict(list)
    another: dict[int, str] = {}
    since = connection.ops.adapt_datetimefield_value(clock.now() - STILL_HERE)
    for at in range(0, len(numbers), STEP):
        some = [*numbers[at : at + STEP]]
        some += [0] * (STEP - len(some))
        for kind, number, name, user in rows_of(SQL, [*some, *some, since, *some, *some, *some]):
            if kind == TAG:
                tags[number].append(name)
            elif kind == ASIDE:
                aside[number].append(name)
            elif kind == ANOTHER:
                another[number] = name
            elif kind == DRAFT:
                drafts[number].append("" if user == me else name)
            elif user != me:
                looking[number].append((name, kind == TYPES))
    return Beside(
        {number: sorted(names) for number, names in tags.items()},
        {number: sorted(names) for number, names in looking.items()},
        {number: sorted(names) for number, names in drafts.items()},
        {number: sorted(names) for number, names in aside.items()},
        another,
    )
