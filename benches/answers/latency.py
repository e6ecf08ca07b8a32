"""How long a question takes at N articles, warm: whole path, permission checks and the kept question included.

    python benches/answers/latency.py [--articles 10000] [--questions 400] [--json]

Articles are made of Korean support vocabulary: a title of three to six words, two aliases, two passages of about
120 characters. They are written by the index's own projection in a temporary SQLite database; questions are other
wordings of the same vocabulary. CPU time stands beside wall time, because others may be busy on the machine.
"""

# ruff: noqa: E402 - Django is set up before the rooms are imported

import argparse
import json
import os
import random
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")

import django

django.setup()

import numpy as np
from django.db import transaction

from handrail.accounts.viewer import STRANGER
from handrail.answers import jobs, projection
from handrail.answers.answer import answer
from handrail.answers.evaluation.questions import Item
from handrail.answers.evaluation.site import temporary_site
from handrail.answers.model_client import using
from handrail.answers.model_here import ModelsHere
from handrail.answers.suggest import suggest
from handrail.knowledge.models import Article, Product, Revision, Topic, Translation
from handrail.workspace.models import Brand

THINGS = [
    "환불",
    "배송",
    "결제",
    "주문",
    "취소",
    "교환",
    "반품",
    "쿠폰",
    "포인트",
    "적립",
    "회원",
    "가입",
    "탈퇴",
    "비밀번호",
    "로그인",
    "인증",
    "카드",
    "계좌",
    "이체",
    "영수증",
    "세금계산서",
    "이어폰",
    "충전기",
    "케이스",
    "배터리",
    "블루투스",
    "연결",
    "소리",
    "마이크",
    "필터",
    "공기청정기",
    "스탠드",
    "조명",
    "밝기",
    "앱",
    "업데이트",
    "펌웨어",
    "와이파이",
    "센서",
    "리모컨",
    "보증",
    "수리",
    "접수",
    "방문",
    "택배",
    "송장",
    "주소",
    "변경",
    "선물",
    "포장",
    "예약",
    "일정",
    "알림",
    "문자",
    "이메일",
    "상담",
    "크림",
    "선크림",
    "성분",
    "알레르기",
    "피부",
    "유통기한",
    "사용법",
    "세척",
    "보관",
    "교체",
    "주기",
    "색상",
    "사이즈",
    "재고",
    "입고",
    "품절",
    "할인",
    "이벤트",
    "당첨",
    "설문",
    "후기",
    "신고",
    "차단",
    "개인정보",
    "동의",
    "해지",
    "연장",
    "요금",
    "구독",
    "자동결제",
]
DOING = [
    "신청하는",
    "확인하는",
    "바꾸는",
    "취소하는",
    "등록하는",
    "연결하는",
    "설정하는",
    "해제하는",
    "삭제하는",
    "찾는",
    "받는",
    "보내는",
    "고치는",
    "늘리는",
]
ASKING = [
    "방법",
    "어떻게 해요",
    "언제 돼요",
    "안 돼요",
    "알려 주세요",
    "되나요",
    "하고 싶어요",
    "왜 이래요",
    "방법이 궁금해요",
]


def made(count, rng):
    def words(least, most):
        return [rng.choice(THINGS) for _ in range(rng.randint(least, most))]

    for number in range(count):
        title = f"{' '.join(words(2, 4))} {rng.choice(DOING)} {rng.choice(ASKING)}"
        aliases = [f"{' '.join(words(1, 3))} {rng.choice(ASKING)} {number}" for _ in range(2)]
        body = "\n".join(
            ". ".join(f"{' '.join(words(4, 7))} {rng.choice(DOING)} 화면에서 누르세요" for _ in range(4))
            for _ in range(2)
        )
        yield Item(f"item-{number}", "ko", title, body, aliases)


def publish_many(items):
    """Articles in bulk; their rows and vectors as the index's own projection and job make them."""
    brand = Brand.objects.create(slug="bench", name_ko="측정", name_en="Bench")
    product = Product.objects.create(brand=brand, slug="bench")
    topic = Topic.objects.create(product=product, slug="bench")
    for start in range(0, len(items), 500):
        with transaction.atomic():
            publish_batch(topic, items[start : start + 500])
    jobs.encode_wanting()


def publish_batch(topic, items):
    articles = Article.objects.bulk_create(Article(topic=topic, kind="faq") for _ in items)
    texts = Translation.objects.bulk_create(
        Translation(article=article, locale=item.locale, slug=item.id, aliases=item.aliases)
        for article, item in zip(articles, items, strict=True)
    )
    revisions = Revision.objects.bulk_create(
        Revision(
            translation=text,
            number=1,
            title=item.title,
            text=item.body,
            author_kind="system",
            html="".join(f"<p>{paragraph}</p>" for paragraph in item.body.split("\n")),
        )
        for text, item in zip(texts, items, strict=True)
    )
    for text, revision in zip(texts, revisions, strict=True):
        text.published = revision
    Translation.objects.bulk_update(texts, ["published"])
    projection.store(
        [
            row
            for article, text in zip(articles, texts, strict=True)
            for row in projection.rows_of(article, text)
        ]
    )


def timed(work, asked):
    wall, cpu = [], []
    for question in asked:
        began, worked = time.perf_counter(), time.process_time()
        work(question)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
    return {
        f"{name}_p{at}": round(float(np.percentile(of, at)), 1)
        for name, of in (("ms", wall), ("cpu_ms", cpu))
        for at in (50, 95)
    }


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--profile", action="store_true")
    chosen = parser.parse_args()
    rng = random.Random(7)
    asked = [
        f"{rng.choice(THINGS)} {rng.choice(THINGS)} {rng.choice(DOING)} {rng.choice(ASKING)}"
        for _ in range(chosen.questions)
    ]
    with using(ModelsHere()), temporary_site():
        began = time.perf_counter()
        publish_many(list(made(chosen.articles, rng)))
        took = time.perf_counter() - began
        for question in asked[:20]:
            answer(question, STRANGER, locale="ko")
            suggest(question[:2], STRANGER, locale="ko")
        if chosen.profile:
            import cProfile
            import pstats

            with cProfile.Profile() as profile:
                timed(lambda question: answer(question, STRANGER, locale="ko"), asked[:200])
            pstats.Stats(profile).sort_stats("cumtime").print_stats(45)
            pstats.Stats(profile).sort_stats("tottime").print_stats(25)
        report = {
            "articles": chosen.articles,
            "published_in_s": round(took, 1),
            "answer": timed(lambda question: answer(question, STRANGER, locale="ko"), asked),
            "suggest": timed(
                lambda question: suggest(question[: 1 + len(question) % 6], STRANGER, locale="ko"), asked
            ),
        }
    print(
        json.dumps(
            report | {"peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}
        )
    )


if __name__ == "__main__":
    main()
