"""What `handrail ask` prints for people."""

from django.core.management import call_command


def asked(capsys, question, locale):
    call_command("ask", question, locale=locale)
    return capsys.readouterr().out


def test_an_article_that_exists_in_another_language_alone_says_so(help_centre, capsys):
    title = help_centre.articles["linux"].published("en").title
    line = next(line for line in asked(capsys, title, "ko").splitlines() if title in line)
    assert line.endswith("(exists only in English so far)")
    assert "exists only" not in asked(capsys, "환불 신청하는 방법", "ko").splitlines()[1]
