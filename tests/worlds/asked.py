"""A refund form: the kind of request decides whether an order number is asked, and colleagues say why."""

from __future__ import annotations

from handrail.conversations.fields import Field, Required
from handrail.conversations.forms import Asked, RequestForm
from handrail.workspace.typed_fields import Kind
from tests.worlds.small import World

KINDS = [
    {"code": "refund", "ko": "환불", "en": "Refund"},
    {"code": "exchange", "ko": "교환", "en": "Exchange"},
    {"code": "other", "ko": "다른 문의", "en": "Something else"},
]


class Forms:
    """`kind` is asked first; `order` where it is a refund or an exchange, and needed then; `cause` by colleagues, before
    solving. The form is the usual one."""

    def __init__(self, world: World) -> None:
        by = world.agent
        self.kind = Field.make(
            "kind", Kind.CHOICE, by=by, name_ko="요청 종류", name_en="Kind of request", options=KINDS
        )
        self.order = Field.make("order_number", Kind.ORDER, by=by, name_ko="주문번호", name_en="Order number")
        self.cause = Field.make(
            "cause",
            Kind.LINE,
            by=by,
            name_ko="처리 사유",
            name_en="Cause",
            is_public=False,
            required=Required.SOLVE,
        )
        self.refund = RequestForm.make(
            "refund",
            by=by,
            name_ko="환불·교환",
            name_en="Refunds",
            is_default=True,
            asks=[
                Asked(self.kind),
                Asked(self.order, self.kind, ["refund", "exchange"]),
                Asked(self.cause),
            ],
        )

    def field(self, key: str, kind: str, world: World, **said: object) -> Field:
        return Field.make(key, kind, by=world.agent, name_ko=f"{key} 항목", name_en=key, **said)
