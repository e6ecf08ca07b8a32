"""Every place that shows knowledge, each as a question: what does this reader get there?

A new surface is one line below, and is then tried with every reader, audience and change.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from django.core import mail
from django.test import Client

from handrail.answers.answer import answer
from handrail.answers.suggest import suggest
from handrail.core.actors import SYSTEM
from handrail.core.ids import random_id
from handrail.intake import chat
from handrail.intake.respond import viewer_of
from handrail.knowledge.exporting import markdown, zendesk
from handrail.knowledge.models import Article, Notice, Subscription
from handrail.knowledge.telling import tell
from handrail.web import limits
from handrail.web.portal.paper import is_offered
from tests.leaks.readers import Reader
from tests.leaks.shelf import QUESTION, Item, Shelf

Ask = Callable[[Reader, Shelf, Item], str]


@dataclass(frozen=True)
class Surface:
    """Where and how to ask.

    kinds      the kinds of article it shows
    is_public  it shows what a stranger may read, whoever asks
    is_whole   it shows everything the reader may read; else it shows some of it
    each       it is asked for each article; else once for all
    drafts     colleagues get there before something is published, too
    """

    name: str
    ask: Ask
    kinds: tuple[str, ...] = ("how-to", "news", "video")
    is_public: bool = False
    is_whole: bool = True
    each: bool = False
    drafts: bool = False

    def expects(self, reader: Reader, item: Item) -> bool:
        if self.drafts and reader.viewer.is_staff:
            return item.kind in self.kinds
        may_read = {"public"} if self.is_public else reader.may_read
        return item.kind in self.kinds and item.audience in may_read


def got(client: Client, path: str, **fields: str) -> str:
    """What stands on a page, what it leads to included; nothing of a page that is not there."""
    limits.forget_all()
    response = client.get(path, fields)
    if response.status_code in {301, 302}:
        response = client.get(response["Location"])
    if response.status_code != 200:
        return ""
    return (b"".join(response) if response.streaming else response.content).decode("utf-8", "replace")


def at(path: str, **fields: str) -> Ask:
    """A page with {topic}, {product}, {faq}, {id} and {slug} in its address, and {clue} among what is asked."""

    def ask(reader: Reader, shelf: Shelf, item: Item) -> str:
        # The slug of an article holds its word: the bare number leads to it for those who may.
        filled = path.format(
            topic=shelf.world.topic.pk, product=shelf.world.product.pk, faq=shelf.faq and shelf.faq.pk,
            id=item.article.pk, slug=item.article.translations.get().slug,
        )  # fmt: skip
        return got(
            reader.client, filled, **{name: said.format(clue=item.clue) for name, said in fields.items()}
        )

    return ask


def missing(reader: Reader, _shelf: Shelf, _item: Item) -> str:
    """The ways on from an address at which nothing is."""
    limits.forget_all()
    response = reader.client.get("/hc/ko/nowhere")
    assert response.status_code == 404
    return response.content.decode()


def picture(reader: Reader, _shelf: Shelf, item: Item) -> str:
    limits.forget_all()
    return item.word if reader.client.get(item.picture.path).status_code == 200 else ""


def typeset(reader: Reader, _shelf: Shelf, item: Item) -> str:
    """Only whether there is one: what stands in it is its page's."""
    limits.forget_all()
    if not is_offered():
        return item.word if item.audience in reader.may_read else ""
    answer = reader.client.get(f"/hc/ko/articles/{item.article.pk}-x.pdf")
    return item.word if answer.status_code in {200, 301} else ""


def engine(channel: str) -> Ask:
    def ask(reader: Reader, _shelf: Shelf, _item: Item) -> str:
        result = answer(QUESTION, reader.viewer, locale="ko", channel=channel, remember=False)
        return json.dumps([hit.title for hit in result.considered] + [result.as_json()], ensure_ascii=False)

    return ask


def by_keyword(reader: Reader, _shelf: Shelf, item: Item) -> str:
    result = answer(f"{item.keyword} 알려 주세요", reader.viewer, locale="ko", remember=False)
    return json.dumps(result.as_json(), ensure_ascii=False) + result.text


def quoted_keyword(reader: Reader, _shelf: Shelf, item: Item) -> str:
    return got(reader.client, "/hc/ko/answer", query=f"{item.keyword} 알려 주세요")


def troubleshooter(reader: Reader, _shelf: Shelf, item: Item) -> str:
    """The step that leads to the article, drawn when everybody who may walk there might read it."""
    assert item.tree is not None
    return got(reader.client, f"/hc/ko/troubleshooters/{item.tree.pk}", a="c1")


def beside_the_form(reader: Reader, _shelf: Shelf, _item: Item) -> str:
    limits.forget_all()
    response = reader.client.post("/hc/ko/requests/answers", {"subject": QUESTION, "text": ""})
    return response.content.decode()


def spoken(reader: Reader, shelf: Shelf, _item: Item) -> str:
    """The bot's turn in a chat: its words, and what it offers to choose from."""
    viewer = replace(reader.viewer, chat_key=f"browser of {reader.name}")
    if reader.viewer.is_staff or reader.name == "guest link":
        return ""
    conversation = chat.begin(viewer, inbox=shelf.world.chat)
    chat.say(conversation, f"{QUESTION} 알려 주세요", by=chat.asker(viewer), client_id=random_id())
    shelf.world.settle()
    said = conversation.messages.filter(direction="out").values_list("text", "data")
    return json.dumps(list(said), ensure_ascii=False, default=str)


def suggested(reader: Reader, _shelf: Shelf, _item: Item) -> str:
    return " ".join(hit.title for hit in suggest(QUESTION, reader.viewer, locale="ko"))


def by_mail(reader: Reader, shelf: Shelf, _item: Item) -> str:
    """The bot's turn in a conversation whose asker proved their address; nobody's else is theirs."""
    if reader.person is None:
        return ""
    conversation = shelf.world.conversation(reader.person, text=f"{QUESTION} 알려 주세요")
    conversation.about = {**conversation.about, "assurance": 2}
    conversation.save(update_fields=["about"])
    result = answer(QUESTION, viewer_of(conversation), locale="ko", channel="mail", remember=False)
    shelf.world.settle()
    replies = conversation.messages.filter(direction="out").values_list("text", flat=True)
    return " ".join([*(hit.title for hit in result.considered), *replies])


def to_the_desk(reader: Reader, shelf: Shelf, _item: Item) -> str:
    """What an agent is offered to send to this reader, by what may go out to them."""
    from handrail.web.desk.suggestions import articles

    if reader.person is None:
        return ""
    conversation = shelf.world.conversation(reader.person, text=QUESTION)
    offered = articles(QUESTION, viewer=shelf.world.viewer(), conversation=conversation)
    return " ".join(each.title for each in offered if not each.is_internal)


def download(reader: Reader, _shelf: Shelf, item: Item) -> str:
    limits.forget_all()
    response = reader.client.get(item.download.path)
    return item.word if response.status_code == 200 else ""


def to_followers(reader: Reader, shelf: Shelf, _item: Item) -> str:
    """What is mailed to the reader's address, or to one nobody knows, when everything they follow changes."""
    if reader.viewer.is_staff or reader.name == "guest link":
        # Neither is an address: who follows is a person, or nobody we know.
        return " ".join(item.word for item in shelf.items.values() if item.audience in reader.may_read)
    email = reader.person.email if reader.person else "nobody@example.org"
    row = Subscription.ask(
        email, brand=shelf.world.brand, locale="ko", by=SYSTEM, is_proved=True, product=shelf.world.product
    )
    Notice.objects.all().delete()
    mail.outbox.clear()
    for item in shelf.items.values():
        tell.call(row.pk, item.article.pk)
    return " ".join(str(sent.message()["Subject"]) + _words(sent) for sent in mail.outbox)


def _words(sent: mail.EmailMessage) -> str:
    parts = sent.message().walk()
    return " ".join(part.get_content() for part in parts if part.get_content_maintype() == "text")


def exported(reader: Reader, shelf: Shelf, _item: Item) -> str:
    return _written(markdown.export, reader, shelf)


def exported_json(reader: Reader, shelf: Shelf, _item: Item) -> str:
    return _written(zendesk.export, reader, shelf)


def _written(export: Callable[..., int], reader: Reader, shelf: Shelf) -> str:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        export(target, brand=shelf.world.brand, viewer=reader.viewer)
        return "".join(
            path.read_bytes().decode("utf-8", "replace") for path in target.rglob("*") if path.is_file()
        )


def asked_of_the_rows(reader: Reader, _shelf: Shelf, _item: Item) -> str:
    seen = Article.objects.visible_to(reader.viewer)
    return " ".join(seen.values_list("translations__published__title", flat=True))


SURFACES = [
    Surface("the rows", asked_of_the_rows),
    Surface("page", at("/hc/ko/articles/{id}"), each=True),
    Surface("page in another language", at("/hc/en/articles/{id}"), kinds=("how-to",), each=True),
    Surface("feedback", at("/hc/ko/articles/{id}/feedback"), kinds=("how-to",), each=True),
    Surface("picture", picture, kinds=("how-to",), each=True, drafts=True),
    Surface("text", at("/hc/ko/articles/{id}-{slug}.md"), kinds=("how-to",), each=True, is_public=True),
    Surface("pdf", typeset, kinds=("how-to",), each=True),
    Surface("topic", at("/hc/ko/sections/{topic}")),
    Surface("product", at("/hc/ko/products/{product}"), is_whole=False),
    Surface("faq set", at("/hc/ko/faq/{faq}"), kinds=("how-to",)),
    Surface("faq set elsewhere, data", at("/faq/{faq}.json"), kinds=("how-to",), is_public=True),
    Surface("faq set elsewhere, script", at("/faq/{faq}.js"), kinds=("how-to",), is_public=True),
    Surface("home", at("/hc/ko"), is_whole=False),
    Surface("missing page", missing, is_whole=False),
    Surface("search", at("/hc/ko/search", query=QUESTION), is_whole=False),
    Surface("suggestions", at("/hc/ko/suggest", query=QUESTION), is_whole=False),
    Surface("quoted answer", at("/hc/ko/answer", query=QUESTION), is_whole=False),
    # Of a question that many articles answer some are shown. Whoever names one finds it, if they may read it. What is quoted
    # as the answer depends on how sure the engine is, too: there the keyword names the one.
    Surface("search for one", at("/hc/ko/search", query="{clue}"), each=True),
    Surface("suggestion of one", at("/hc/ko/suggest", query="{clue}"), each=True),
    Surface("api answer of one", at("/api/v2/answers", query="{clue}"), each=True),
    Surface("quoted keyword", quoted_keyword, each=True),
    Surface("api answers", at("/api/v2/answers", query=QUESTION), is_whole=False),
    Surface("api suggestions", at("/api/v2/suggestions", query=QUESTION), is_whole=False),
    Surface("api articles", at("/api/v2/articles")),
    Surface("api article", at("/api/v2/articles/{id}"), each=True),
    Surface("the engine", engine("portal"), is_whole=False),
    Surface("chat", engine("chat"), is_whole=False),
    Surface("suggest", suggested, is_whole=False),
    Surface("mail", by_mail, is_whole=False),
    Surface("chat, spoken", spoken, is_whole=False),
    Surface("keyword", by_keyword, each=True),
    Surface("troubleshooter", troubleshooter, kinds=("how-to",), is_whole=False, each=True),
    Surface("troubleshooters", at("/hc/ko/troubleshooters"), is_whole=False),
    Surface("how-tos", at("/hc/ko/tutorials"), kinds=("how-to", "video")),
    Surface("films", at("/hc/ko/videos"), kinds=("video",)),
    Surface("news", at("/hc/ko/news"), kinds=("news",)),
    Surface("beside the form", beside_the_form, is_whole=False),
    Surface("desk, what may be sent", to_the_desk, is_whole=False),
    Surface("news feed", at("/hc/ko/news.atom"), kinds=("news",)),
    Surface("topic feed", at("/hc/ko/sections/{topic}.atom")),
    Surface("product feed", at("/hc/ko/products/{product}.atom")),
    Surface("label", at("/hc/ko/labels/모두")),
    Surface("related", at("/hc/ko/articles/{id}"), is_whole=False),
    Surface("download", download, kinds=("how-to",), each=True, drafts=True),
    Surface("mail to followers", to_followers),
    Surface("following", at("/hc/ko/follow?article={id}"), kinds=("how-to",), each=True),
    Surface("export", exported),
    Surface("export as JSON", exported_json),
    Surface("sitemap", at("/sitemap.xml"), is_public=True),
    Surface("llms.txt", at("/llms.txt"), is_public=True),
]
