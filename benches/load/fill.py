"""Fills our database for a run: articles, teams and staff by the public verbs, conversations as bulk rows.

Usage: python -m benches.load.fill COUNT        (an empty, migrated database; prints what to ask for, as JSON)

Opening 100,000 conversations by the verbs would take an hour; the rows are those the verbs leave behind, the words they
are found by among them, without their events and jobs, which no list reads.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management.color import no_style  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from benches.load.rows import AGENTS, SEED, Row, people, rows  # noqa: E402
from benches.load.words import Writer, as_html  # noqa: E402
from handrail.accounts.models import Team, User  # noqa: E402
from handrail.channels.models import Inbox  # noqa: E402
from handrail.contacts.models import Identity, Person  # noqa: E402
from handrail.conversations.models import Conversation, Endpoint, Message, Participant, Tag, Words  # noqa: E402
from handrail.conversations.words import index_anew, words_of  # noqa: E402
from handrail.core import clock  # noqa: E402
from handrail.core.actors import SYSTEM  # noqa: E402
from handrail.knowledge.models import Article, Product, Topic  # noqa: E402
from handrail.web.portal import addresses  # noqa: E402
from handrail.workspace.models import Brand, BusinessHours  # noqa: E402

WEEKDAYS = {str(day): [["09:00", "12:00"], ["13:00", "18:00"]] for day in range(5)}
PRODUCTS, TOPICS, ARTICLES = 5, 4, 10  # articles a topic: 200 in all
TAGS = ("refund", "delivery", "vip", "battery", "battery-swap", "defect", "praise", "invoice")
BATCH = 2_000


def main(count: int) -> None:
    brand = Brand.objects.create(slug="bench", name_ko="벤치", name_en="Bench")
    hours = BusinessHours.objects.create(name="support", weekly=WEEKDAYS)
    articles = write_articles(brand)
    teams = [
        Team.objects.create(slug=f"team-{n}", name_ko=f"{n}팀", name_en=f"Team {n}", hours=hours)
        for n in range(3)
    ]
    agents = [hire(n, teams[n % 3]) for n in range(AGENTS)]
    inbox = Inbox.objects.create(
        kind="mail", brand=brand, address="help@bench.test", name="Bench", team=teams[0]
    )
    Inbox.objects.create(kind="chat", brand=brand, address="portal", name="Bench", team=teams[0])
    with transaction.atomic():
        fill(count, inbox, agents)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    asked = {
        "article": addresses.article(articles[0], "ko"),
        "articles": len(articles),
        "session": sign_in(agents[0]),
        "conversations": Conversation.objects.count(),
        "matches": Conversation.objects.unsolved().count(),
    }
    print(json.dumps(asked))


def write_articles(brand: Brand) -> list[Article]:
    """The first one is the page that is measured; the others are its neighbours."""
    writer, written = Writer(SEED), []
    for p in range(PRODUCTS):
        product = Product.objects.create(brand=brand, slug=f"product-{p}", position=p)
        product.texts.create(locale="ko", name=f"제품 {p}")
        for t in range(TOPICS):
            topic = Topic.objects.create(product=product, slug=f"topic-{t}", position=t)
            topic.texts.create(locale="ko", name=f"주제 {t}")
            for n in range(ARTICLES):
                article = Article.start(topic, by=SYSTEM)
                html = as_html(writer.article("ko", sections=3 if written else 5))
                article.write("ko", title=writer.words("ko", 4), html=html, by=SYSTEM)
                article.translations.get(locale="ko").publish(by=SYSTEM)
                written.append(article)
    return written


def hire(n: int, team: Team) -> User:
    user = User.objects.create_user(f"agent{n}@bench.test", None, name=f"상담원 {n}", role="agent")
    team.add(user, by=SYSTEM)
    return user


def sign_in(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def fill(count: int, inbox: Inbox, agents: list[User]) -> None:
    """People, conversations, and what each conversation has at least: a participant, a window, a message."""
    now, team_of = clock.now(), {user.pk: user.teams.get().pk for user in agents}
    writer = Writer(SEED + 1)
    in_batches(Person, (Person(name=writer.words("ko", 1), pk=n + 1) for n in range(people(count))))
    in_batches(
        Identity,
        (Identity(person_id=n + 1, kind="email", value=f"p{n}@customers.test") for n in range(people(count))),
    )
    tags = [Tag.objects.create(name=name) for name in TAGS]
    made = enumerate(rows(count), start=1)
    while batch := list(islice(made, BATCH)):
        Conversation.objects.bulk_create(
            conversation(number, row, inbox, agents, team_of, now) for number, row in batch
        )
        Participant.objects.bulk_create(
            Participant(conversation_id=number, person_id=row.person + 1) for number, row in batch
        )
        Endpoint.objects.bulk_create(
            Endpoint(
                conversation_id=number,
                inbox=inbox,
                person_id=row.person + 1,
                address=f"p{row.person}@customers.test",
            )
            for number, row in batch
        )
        Message.objects.bulk_create(message(number, row, now) for number, row in batch)
        Words.objects.bulk_create(
            Words(conversation_id=number, public=" ".join(sorted(words_of(f"{row.subject}\n{row.text}"))))
            for number, row in batch
        )
        Tagged = Conversation.tags.through
        Tagged.objects.bulk_create(
            Tagged(conversation_id=number, tag=writer.dice.choice(tags))
            for number, _ in batch
            if number % 3 == 0
        )

    index_anew()


def conversation(
    number: int, row: Row, inbox: Inbox, agents: list[User], team_of: dict[int, int], now: datetime
) -> Conversation:
    at = now - timedelta(seconds=row.age)
    agent = agents[row.agent].pk if row.agent is not None else None
    return Conversation(
        number=number, brand_id=inbox.brand_id, lies_in=inbox, channel=row.channel, locale=row.locale, subject=row.subject,
        requester_id=row.person + 1, submitter_kind="person", submitter_id=row.person + 1, status=row.state,
        priority=row.priority, assignee_id=agent, team_id=team_of[agent] if agent else inbox.team_id, last_seq=1,
        last_message_at=at, listed_at=at, last_message_text=row.text[:160], last_message_from="in", created_at=at,
        updated_at=at,
        solved_at=at if row.state in ("solved", "closed") else None, closed_at=at if row.state == "closed" else None,
    )  # fmt: skip


def message(number: int, row: Row, now: datetime) -> Message:
    return Message(
        conversation_id=number, seq=1, direction="in", author_kind="person", author_id=row.person + 1, text=row.text,
        at=now - timedelta(seconds=row.age),
    )  # fmt: skip


def in_batches(model: Any, objects: Iterable[Any]) -> None:
    source: Iterator[Any] = iter(objects)
    while batch := list(islice(source, BATCH)):
        model.objects.bulk_create(batch)
    # Rows that brought their own numbers leave PostgreSQL's counter behind them.
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)


if __name__ == "__main__":
    main(int(sys.argv[1]))
