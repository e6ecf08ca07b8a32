import pytest

from handrail.accounts.models import Role
from handrail.contacts.identify import identify
from handrail.contacts.models import Record
from handrail.conversations.merging import merge
from handrail.conversations.opening import open_conversation, receive_or_follow_up
from handrail.conversations.presence import look
from handrail.core import clock
from handrail.core.actors import BOT, SYSTEM
from tests.desk.conftest import signed_in

PAGE_QUERIES = 34


def page(client, conversation, **query):
    response = client.get(f"/desk/conversations/{conversation.number}", query)
    assert response.status_code == 200
    return response.content.decode()


def talk(world, count):
    conversation = world.conversation()
    for n in range(count):
        conversation.receive(f"질문 {n}", by=conversation.requester, endpoint=conversation.endpoints.first())
        conversation.reply(f"답 {n}", by=world.agent)
        conversation.note(f"메모 {n}", by=world.agent)
        conversation.tag(f"태그{n}", by=world.agent)
    return conversation


@pytest.mark.parametrize("turns", [1, 15])
def test_a_long_conversation_costs_as_many_queries_as_a_short_one(
    world, desk, turns, django_assert_max_num_queries
):
    conversation = talk(world, turns)
    page(desk, conversation)
    with django_assert_max_num_queries(PAGE_QUERIES):
        page(desk, conversation)


def test_messages_notes_and_changes_stand_in_their_order(world, desk):
    conversation = world.conversation(text="첫 질문")
    conversation.assign(to=world.agent, by=world.agent)
    conversation.note("결제팀에 물어봄", by=world.agent)
    conversation.reply("확인했어요", by=world.agent)
    text = page(desk, conversation)
    places = [text.index(part) for part in ("첫 질문", "이 문의를 맡았어요", "결제팀에 물어봄", "확인했어요")]
    assert places == sorted(places)


def test_a_long_thread_shows_its_end_first_and_the_rest_on_request(world, desk):
    conversation = world.conversation(text="처음 말")
    for n in range(65):
        conversation.receive(f"말 {n}", by=conversation.requester)
    text = page(desk, conversation)
    assert "처음 말" not in text.split('class="entries"')[1].split("</section>")[0]
    assert "이전 메시지 6개 보기" in text
    assert "처음 말" in page(desk, conversation, all="")


@pytest.mark.parametrize("words", ["", " \n"])
def test_a_mail_without_words_asked_nothing_and_no_bar_says_so(world, desk, words):
    conversation = world.conversation()
    conversation.add_tried({"kind": "asked", "text": words})
    assert conversation.tried == []
    conversation.tried = [{"kind": "asked", "text": words}]  # as it was kept before
    conversation.save()
    assert "tried-title" not in desk.get(f"/desk/conversations/{conversation.number}").content.decode()


def test_what_was_tried_stands_at_the_top(world, desk):
    conversation = world.conversation()
    conversation.add_tried(
        {"kind": "asked", "text": "환불 언제"},
        {"kind": "shown", "article": 999, "title": "환불 기간"},
        {"kind": "read", "article": 999, "title": "환불 기간", "step": 2},
        {"kind": "something_new", "text": "무언가"},
    )
    text = page(desk, conversation)
    assert text.index("환불 언제") < text.index('class="entries"')
    assert "안내받았어요: 환불 기간" in text
    assert "2단계까지" in text


def test_an_automatic_message_says_so_and_a_persons_reply_bears_their_name(world, desk):
    conversation = world.conversation()
    conversation.reply("접수했어요", by=BOT, is_automatic=True, author_name="도우미")
    assert "자동 응답" in page(desk, conversation)
    other = world.conversation()
    other.reply("제가 볼게요", by=world.agent)
    text = page(desk, other)
    assert "자동 응답" not in text
    assert "<strong>이서준</strong>" in text


def test_a_sender_nobody_vouches_for_is_marked(world, desk):
    conversation = world.conversation()
    assert "확인되지 않은 보낸이" not in page(desk, conversation)
    conversation.receive(
        "저예요", by=conversation.requester, is_verified=False, from_address="minji@evil.example"
    )
    text = page(desk, conversation)
    assert "확인되지 않은 보낸이" in text
    assert "minji@evil.example" in text


def test_quoted_text_is_folded(world, desk):
    conversation = world.conversation()
    conversation.receive("새 말", by=conversation.requester, quoted="> 지난 말")
    text = page(desk, conversation)
    assert '<details class="quoted">' in text
    assert "&gt; 지난 말" in text


def test_each_message_says_how_far_its_delivery_is(world, desk):
    conversation = world.conversation()
    delivery = conversation.reply("답이에요", by=world.agent).deliveries.get()
    assert "발송 대기: minji@example.com" in page(desk, conversation)
    delivery.failed("550 5.1.1 no such user", by=SYSTEM)
    text = page(desk, conversation)
    assert "없는 메일 주소예요." in text and "no such user" not in text
    assert "다시 보내기" in text
    desk.post(f"/desk/deliveries/{delivery.pk}/resend")
    delivery.refresh_from_db()
    assert delivery.state == "queued"
    delivery.sent(by=SYSTEM)
    assert "메일로 보냈어요" in page(desk, conversation)


def test_what_the_servers_said_stands_behind_details_for_administrators_alone(world, desk, admin):
    conversation = world.conversation()
    delivery = conversation.reply("답이에요", by=world.agent).deliveries.get()
    delivery.put_off("connection [Errno 111] Connection refused", is_server_away=True)

    assert "우리 메일 서버에 연결하지 못했어요." in page(desk, conversation)
    assert "Errno" not in page(desk, conversation)
    assert "Errno 111" in page(admin, conversation).split("자세히</summary>")[1]


def test_the_reply_line_warns_of_an_address_to_which_the_last_mail_did_not_get(world, desk):
    conversation = world.conversation()
    warning = "minji@example.com 주소로 보낸 지난 메일이 가지 않았어요. 메일함이 가득 찼어요."
    conversation.reply("답이에요", by=world.agent).deliveries.get().failed("5.2.2", by=SYSTEM, bounced=True)
    assert warning in page(desk, conversation)

    window = conversation.endpoints.get()
    conversation.receive("여기예요", by=conversation.requester, endpoint=window)

    assert warning not in page(desk, conversation)


def test_only_what_was_given_up_can_be_sent_again(world, desk):
    delivery = world.conversation().reply("답", by=world.agent).deliveries.get()
    delivery.sent(by=SYSTEM)
    assert desk.post(f"/desk/deliveries/{delivery.pk}/resend").status_code == 404


def test_the_panel_shows_the_person_without_another_click(world, desk):
    earlier = world.conversation(subject="지난번 문의")
    conversation = world.conversation()
    person = conversation.requester
    person.identities.create(kind="phone", value="+821012345678", assurance=2)
    Record.objects.create(
        person=person,
        kind="order",
        number="2026-0001",
        title_ko="이어폰",
        title_en="Buds",
        amount=129000,
        status="배송 중",
        at=clock.now(),
    )
    text = page(desk, conversation)
    for part in (
        "minji@example.com",
        "확인 전",
        "010-1234-5678",
        "확인됨",
        "2026-0001",
        "₩129,000",
        "지난번 문의",
    ):
        assert part in text, part
    assert f"/desk/conversations/{earlier.number}" in text


def test_requester_submitter_assignee_and_team_stand_apart(world, desk):
    opener = world.staff("opener@handrail.test", "최접수", Role.AGENT)
    conversation = open_conversation(
        world.mail, requester=world.person(), by=opener, subject="전화로 온 문의"
    )
    conversation.assign(to=world.agent, by=opener)
    roles = page(desk, conversation).split('class="roles"')[1].split("</dl>")[0]
    assert [role for role in ("김민지", "최접수", "이서준", "고객지원팀") if role not in roles] == []


def test_a_merged_number_opens_the_one_that_went_on(world, desk):
    old, new = world.conversation(), world.conversation()
    merge(old, into=new, by=world.agent)
    response = desk.get(f"/desk/conversations/{old.number}")
    assert response["Location"] == f"/desk/conversations/{new.number}"
    assert f"#{old.number} 문의를 여기로 합쳤어요" in page(desk, new)


def test_a_follow_up_and_what_it_follows_lead_to_each_other(world, desk):
    closed = world.conversation()
    closed.set_status("closed", by=world.agent)
    follow_up = receive_or_follow_up(
        closed, "다시 문의해요", inbox=world.mail, sender=closed.requester, by=closed.requester
    ).conversation
    assert f"#{follow_up.number}에서 이어져요" in page(desk, closed)
    assert f"#{closed.number}에서 이어졌어요" in page(desk, follow_up)


def test_colleagues_who_look_are_named(world, desk):
    conversation = world.conversation()
    other = world.staff("two@handrail.test", "정해결", Role.AGENT)
    look(conversation.pk, user=other, is_typing=True)
    answer = desk.post(f"/desk/conversations/{conversation.number}/presence", {"typing": "0"}).json()
    assert answer["others"] == [{"name": "정해결", "typing": True}]
    signed_in(other).post(f"/desk/conversations/{conversation.number}/presence", {"leaving": "1"})
    assert desk.get(f"/desk/conversations/{conversation.number}/presence").json()["others"] == []


def test_history_lists_who_when_old_and_new(world, desk):
    conversation = world.conversation()
    conversation.set_priority("urgent", by=world.agent)
    text = desk.get(f"/desk/conversations/{conversation.number}/history").content.decode()
    row = next(line for line in text.split("<tr>") if "우선순위" in line)
    for part in ("이서준 님", "보통", "긴급", "<time"):
        assert part in row


@pytest.mark.parametrize(
    "hostile", ['"><script>alert(1)</script>', "{{ 7*7 }}", "‮gnp.exe", "🙂" * 50, "가" * 500]
)
def test_what_people_write_stays_text(world, desk, hostile):
    person = world.person("odd@example.com", hostile[:100])
    conversation = world.conversation(person, subject=hostile, text=hostile)
    conversation.tag(hostile, by=world.agent)
    conversation.note(hostile, by=world.agent)
    for path in (
        "/desk/views/all/",
        f"/desk/conversations/{conversation.number}",
        f"/desk/conversations/{conversation.number}/history",
        "/desk/search?query=odd@example.com",
    ):
        text = desk.get(path).content.decode()
        assert "<script>alert" not in text, path
        assert "49" not in text or "{{ 7*7 }}" not in hostile or "{{ 7*7 }}" in text


def test_a_nameless_visitor_has_a_short_mark_and_is_found_by_it(desk, world):
    key = "3fa9c2" + "0" * 58
    visitor = identify("web", key, by=SYSTEM)
    chat = open_conversation(world.chat, requester=visitor, by=visitor, chat_key=key, subject="배송이 늦어요")
    chat.receive("언제 와요?", by=visitor)

    page = desk.get(f"/desk/conversations/{chat.number}").content.decode()
    shown = desk.get("/desk/views/all/").content.decode()

    assert key not in page + shown
    assert "이름을 안 남긴 손님 3fa9c2" in page and "이름을 안 남긴 손님 3fa9c2" in shown
    for asked in ("3fa9c2", "requester:3fa9c2"):
        assert "배송이 늦어요" in desk.get("/desk/search", {"query": asked}).content.decode()


def test_orders_say_their_state_in_words(desk, world):
    person = world.person()
    for number, status in (("OG-1", "delivered"), ("OG-2", "active"), ("OG-3", "somewhere")):
        fields = {"title_ko": "소리 버즈", "title_en": "Sori Buds", "status": status, "at": clock.now()}
        Record.keep(person, "order", number, by=SYSTEM, **fields)

    page = desk.get(f"/desk/conversations/{world.conversation(person).number}").content.decode()

    assert "배송이 끝났어요" in page and "이용 중이에요" in page
    assert "delivered" not in page and "somewhere" in page


def test_the_assistant_is_not_called_us(desk, world):
    conversation = world.conversation()
    conversation.reply("자동 답변이에요.", by=BOT, is_automatic=True)

    page = desk.get(f"/desk/conversations/{conversation.number}").content.decode()

    assert "<strong>자동 응답 도우미</strong>" in page and "<strong>우리</strong>" not in page


def test_the_role_of_who_wrote_it_down_is_searched_also_with_a_space(desk, world):
    person = world.person()
    told = open_conversation(world.mail, requester=person, by=world.agent, subject="전화로 들은 것")

    for asked in ("접수자:이서준", "접수자: 이서준", 'submitter:"이서준"'):
        assert "전화로 들은 것" in desk.get("/desk/search", {"query": asked}).content.decode(), asked
    assert told.number
