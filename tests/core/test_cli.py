import os
import subprocess
import sys

import pytest

from handrail.cli import language


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "ko:en"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": ""}, "ko"),
    ],
)
def test_the_first_variable_that_is_set_decides(environment, expected):
    assert language(environment) == expected


@pytest.mark.parametrize(
    ("lang", "words"), [("ko_KR.UTF-8", "폴더가 아니에요"), ("C.UTF-8", "is not a folder")]
)
def test_a_command_speaks_the_language_of_the_terminal(lang, words):
    terminal = {"LANG": lang, "LC_ALL": "", "LC_MESSAGES": "", "LANGUAGE": ""}
    assert words in run("import", "nowhere", **terminal).stderr


def test_a_wrong_setting_is_one_sentence():
    done = run("serve", PORT="many")

    assert done.returncode == 1
    assert done.stderr == "PORT must be a whole number, got 'many'.\n"


def test_a_database_that_was_never_set_up_is_one_sentence(tmp_path):
    database = {"DATABASE_URL": "", "HANDRAIL_DATA": str(tmp_path), "LANGUAGE": "en"}
    done = run("ask", "refund", **database)

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1 and "Run `handrail migrate` first." in done.stderr


def test_a_database_that_does_not_answer_is_one_sentence():
    done = run("ask", "refund", DATABASE_URL="postgres://nobody@127.0.0.1:1/none", LANGUAGE="en")

    assert done.returncode == 1
    assert "The database does not answer" in done.stderr and "Traceback" not in done.stderr


def run(*command: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "handrail", *command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_reader_that_has_seen_enough_ends_it_without_a_word(tmp_path):
    command = f"{sys.executable} -m handrail events | true"
    environment = {**os.environ, "HANDRAIL_DATA": str(tmp_path), "DATABASE_URL": ""}
    done = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
