"""Without a mail server each letter is a file, readable by `handrail mail parse`, and the newest sorts last."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

from django.core.mail import EmailMessage, get_connection


def test_each_letter_is_a_file_of_its_own_and_nothing_but_the_letter(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "outbox"
    letters = [
        EmailMessage(f"{n}번째 편지", f"{n}번째 글", "help@handrail.test", ["a@example.com"]) for n in (1, 2)
    ]
    with get_connection("handrail.channels.mail.outbox.EmailBackend") as connection:
        assert connection.send_messages(letters) == 2
    files = sorted(settings.EMAIL_FILE_PATH.iterdir())
    read = [message_from_bytes(path.read_bytes(), policy=default) for path in files]
    assert [(each["Subject"], each.get_content().strip()) for each in read] == [
        ("1번째 편지", "1번째 글"),
        ("2번째 편지", "2번째 글"),
    ]
