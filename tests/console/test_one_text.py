"""One edit, one text: every surface serves it at once and names the same version."""

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from tests.desk.conftest import signed_in


def test_an_article_edited_once_is_new_on_every_surface_under_one_version(world, client):
    article = world.article("환불은 언제 들어오나요", "<p>환불은 사흘 안에 들어와요.</p>")
    world.settle()

    article.write(
        "ko", title="환불은 언제 들어오나요", html="<p>환불은 닷새 안에 들어와요.</p>", by=world.agent
    )
    article.translations.get().publish(by=world.agent)

    asked = {"query": "환불은 언제 들어오나요", "locale": "ko"}
    page = client.get(f"/hc/ko/articles/{article.pk}", follow=True)
    plain = client.get(page.redirect_chain[-1][0] + ".md").content.decode()
    typed = client.get("/hc/ko/suggest", asked).json()["suggestions"][0]
    said = client.get("/api/v2/answers", asked).json()
    offered = said["answer"] or said["choices"][0]
    conversation = world.conversation(text="환불은 언제 들어오나요", subject="")
    beside = (
        signed_in(world.agent).get(f"/desk/conversations/{conversation.number}/suggestions").content.decode()
    )
    engine = answer("환불은 언제 들어오나요", STRANGER, locale="ko").considered[0]

    assert [typed["version"], offered["version"], engine.version] == [2, 2, 2]
    for told in (page.content.decode(), plain, beside):
        assert "2판" in told and "닷새" in told and "사흘" not in told
