"""A small company: one brand, two inboxes, one team, one agent, one product."""

from __future__ import annotations

from datetime import timedelta

from handrail.accounts.models import Role, Team, User
from handrail.accounts.viewer import Viewer, staff_viewer
from handrail.channels.models import Inbox
from handrail.contacts.identify import identify
from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.conversations.opening import open_conversation
from handrail.core.actors import SYSTEM
from handrail.core.events.ledger import sweep
from handrail.core.jobs.worker import drain
from handrail.knowledge.articles import Article
from handrail.knowledge.products import Product, Topic
from handrail.workspace.models import Brand, BusinessHours

WEEKDAYS = {str(day): [["09:00", "12:00"], ["13:00", "18:00"]] for day in range(5)}


class World:
    """Built with public verbs only. `settle()` runs what would run in the background."""

    def __init__(self) -> None:
        self.brand = Brand.objects.create(slug="ongyeol", name_ko="온결", name_en="Ongyeol")
        self.hours = BusinessHours.objects.create(name="support", weekly=WEEKDAYS)
        self.team = Team.objects.create(
            slug="support", name_ko="고객지원팀", name_en="Support", hours=self.hours
        )
        self.mail = Inbox.objects.create(
            kind="mail", brand=self.brand, address="help@handrail.test", name="help", team=self.team
        )
        self.chat = Inbox.objects.create(
            kind="chat", brand=self.brand, address="portal", name="portal", team=self.team
        )
        self.agent = self.staff("agent@handrail.test", "이서준", Role.AGENT)
        self.product = Product.objects.create(brand=self.brand, slug="orders")
        self.product.texts.create(locale="ko", name="주문·배송·환불")
        self.product.texts.create(locale="en", name="Orders")
        self.topic = Topic.objects.create(product=self.product, slug="refunds")
        self.topic.texts.create(locale="ko", name="환불")
        self.topic.texts.create(locale="en", name="Refunds")

    def staff(self, email: str, name: str, role: str) -> User:
        # They chose that a reply leaves at once; tests of taking it back choose otherwise.
        user = User.objects.create_user(email, "a-long-password", name=name, role=role, undo_seconds=0)
        self.team.add(user, by=SYSTEM)
        return user

    def viewer(self, user: User | None = None) -> Viewer:
        return staff_viewer(user or self.agent)

    def person(self, email: str = "minji@example.com", name: str = "김민지", *, assurance: int = 0) -> Person:
        return identify("email", email, by=SYSTEM, name=name, assurance=assurance)

    def article(
        self, title: str, html: str, *, locale: str = "ko", audience: str = "public", **more: str
    ) -> Article:
        article = Article.start(self.topic, by=self.agent, audience=audience, **more)
        article.write(locale, title=title, html=html, by=self.agent)
        article.translations.get(locale=locale).publish(by=self.agent)
        return article

    def conversation(
        self, person: Person | None = None, *, text: str = "환불이 안 돼요", subject: str = "환불 문의"
    ) -> Conversation:
        person = person or self.person()
        conversation = open_conversation(
            self.mail, requester=person, by=person, subject=subject, address=person.email
        )
        conversation.receive(text, by=person, endpoint=conversation.endpoints.get())
        return conversation

    def settle(self) -> int:
        """Dispatch every waiting fact and run every due job, until nothing is left."""
        count = 0
        while ran := sweep(older_than=timedelta(0)) + drain():
            count += ran
        return count
