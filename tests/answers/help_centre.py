"""A small help centre in Korean and English, written by the knowledge room's verbs."""

from __future__ import annotations

from handrail.core.actors import SYSTEM
from handrail.knowledge.articles import Article
from tests.worlds.small import World

TEXTS = {
    "refund": {
        "ko": (
            "환불 신청하는 방법",
            "<p>주문 내역에서 [환불 신청]을 누르면 돼요. 돈은 영업일 3일 안에 들어와요.</p>"
            "<h2>카드로 낸 경우</h2><p>카드사에 따라 취소가 명세서에 보이기까지 일주일이 걸려요.</p>",
            ["돈 돌려받고 싶어요", "반품하면 돈은 언제 들어와요"],
        ),
        "en": (
            "How to ask for a refund",
            "<p>Open your order and press Refund. The money is back within 3 working days.</p>",
            ["I want my money back"],
        ),
    },
    "track": {
        "ko": ("배송 조회 방법", "<p>주문 내역에서 [배송 조회]를 누르면 택배가 어디 있는지 보여요.</p>", ["택배 어디쯤 왔어요"]),
        "en": ("Track your parcel", "<p>Press Track in your orders to see where the parcel is.</p>", ["where is my package"]),
    },
    "password": {
        "ko": ("비밀번호를 잊었을 때", "<p>로그인 화면에서 [비밀번호 찾기]를 누르세요.</p>", ["비번 까먹었어요"]),
        "en": ("Reset a forgotten password", "<p>Press Forgot password on the sign-in page.</p>", ["can't log in"]),
    },
    "earbuds": {
        "ko": ("이어폰 한쪽이 안 들릴 때", "<p>두 쪽을 케이스에 넣고 10초 뒤에 다시 꺼내세요.</p>", ["왼쪽 소리가 안 나요"]),
        "en": ("One earbud is silent", "<p>Put both buds in the case, wait 10 seconds and take them out.</p>", []),
    },
    "filter": {
        "ko": ("필터는 언제 바꾸나요", "<p>6개월마다, 또는 빨간 불이 켜지면 바꿔요.</p>", ["공기청정기 필터 교체 주기"]),
        "en": ("When to replace the filter", "<p>Every 6 months, or when the light turns red.</p>", []),
    },
    "abroad": {
        "ko": ("해외 결제 카드 수수료 안내", "<p>해외에서 발급한 카드로 결제하면 수수료 1.5%가 붙어요.</p>", ["외국 카드 수수료"]),
    },
    "linux": {
        "en": ("Using the earbuds with a Linux laptop", "<p>Pair them with bluetoothctl, then trust the device.</p>", []),
    },
}  # fmt: skip


class HelpCentre:
    """`articles` by the names of TEXTS."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.articles = {name: self.write(texts) for name, texts in TEXTS.items()}

    def write(
        self, texts: dict[str, tuple[str, str, list[str]]], *, audience: str = "public", topic: object = None
    ) -> Article:
        article = Article.start(topic or self.world.topic, by=SYSTEM, audience=audience)  # type: ignore[arg-type]
        for locale, (title, html, aliases) in texts.items():
            article.write(locale, title=title, html=html, aliases=aliases, by=SYSTEM)
            article.translations.get(locale=locale).publish(by=SYSTEM)
        return article

    def id_of(self, name: str) -> int:
        return self.articles[name].pk
