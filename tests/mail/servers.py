"""A real Postfix and a real Dovecot in a folder of their own, on free ports of 127.0.0.1.

Postfix takes mail for handrail.test to our listener and for example.test into Dovecot; gone.test is taken and then refused, as by a server
whose user has left.
"""

from __future__ import annotations

import imaplib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

NEEDED = ("postfix", "dovecot", "doveadm", "swaks")
HOP = "mx.handrail.test"

MAIN = """
queue_directory = {home}/spool
data_directory = {home}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = {hop}
mydestination =
mynetworks = 127.0.0.0/8
recipient_delimiter = +
virtual_mailbox_domains = handrail.test, example.test
transport_maps = inline:{{ {{handrail.test = lmtp:inet:127.0.0.1:{listener}}}, {{example.test = lmtp:inet:127.0.0.1:{lmtp}}}, {{gone.test = lmtp:inet:127.0.0.1:{listener}}} }}
default_transport = error:5.1.2 no such domain
smtpd_recipient_restrictions = permit_mynetworks, reject
smtpd_sender_restrictions = check_sender_access inline:{{ {{vouched@example.test = PREPEND Authentication-Results: {hop}; dmarc=pass header.from=example.test}} }}
message_size_limit = 26214400
maillog_file = {home}/data/mail.log
maillog_file_prefixes = {home}
alias_maps =
alias_database =
smtputf8_enable = no
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
compatibility_level = 3.6
"""

DOVECOT = """
base_dir = {home}/dovecot/run
log_path = {home}/dovecot/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{home}/box/%u
mail_uid = nobody
mail_gid = nogroup
first_valid_uid = 1
default_internal_user = dovecot
default_login_user = dovenull
auth_mechanisms = plain login xoauth2
recipient_delimiter = +
lda_mailbox_autocreate = yes
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {home}/oauth2.conf
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password=pw
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={home}/box/%u allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""

# Dovecot asks the token server of the test whether a token holds, and whose it is (RFC 7662).
OAUTH = """
introspection_mode = post
introspection_url = http://127.0.0.1:{tokens}/introspect
username_attribute = username
active_attribute = active
active_value = true
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class MailServers:
    """`smtp` is Postfix's port, `listener` the one at which it expects ours, `tokens` that of the token server Dovecot asks. Use as a context."""

    def __init__(self) -> None:
        missing = [name for name in NEEDED if not shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")]
        if missing:
            pytest.skip(
                f"needs {', '.join(missing)}: apt-get install postfix dovecot-imapd dovecot-lmtpd swaks"
            )
        if os.geteuid() != 0:
            pytest.skip("needs root: Postfix changes to its own user")
        self.home = Path(tempfile.mkdtemp(prefix="handrail-mail-"))
        self.smtp, self.imap, self.lmtp, self.listener, self.tokens = (free_port() for _ in range(5))

    def __enter__(self) -> MailServers:
        self.home.chmod(0o755)
        try:
            self._write()
            self._run("dovecot", "-c", str(self.home / "dovecot.conf"))
            self._run("postfix", "-c", str(self.home / "etc"), "start")
            for port in (self.smtp, self.imap, self.lmtp):
                self._wait_for(port)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        subprocess.run(["postfix", "-c", str(self.home / "etc"), "stop"], capture_output=True, timeout=60)
        subprocess.run(
            ["doveadm", "-c", str(self.home / "dovecot.conf"), "stop"], capture_output=True, timeout=60
        )
        shutil.rmtree(self.home, ignore_errors=True)

    def swaks(self, *, sender: str, to: str, data: bytes) -> None:
        """Send a whole mail by swaks, which speaks SMTP as a stranger would."""
        path = self.home / "mail.eml"
        # swaks ends the mail itself, and "." lines in it are its own business.
        path.write_bytes(data)
        self._run(
            "swaks", "--server", f"127.0.0.1:{self.smtp}", "--from", sender, "--to", to, "--data", f"@{path}"
        )

    def mailbox(self, user: str, *, at_least: int = 1, seconds: float = 20) -> list[EmailMessage]:
        """The mails in a Dovecot mailbox, once there are enough."""
        deadline = time.monotonic() + seconds
        while True:
            found = self._fetch(user)
            if len(found) >= at_least or time.monotonic() > deadline:
                return found
            time.sleep(0.1)

    def spoil(self, mail: Path) -> None:
        """Make one stored mail one that Dovecot, which is not root there, cannot read."""
        mail.chmod(0)
        shutil.chown(mail, "root")

    def queue_is_empty(self) -> bool:
        listed = subprocess.run(
            ["postqueue", "-c", str(self.home / "etc"), "-p"], capture_output=True, timeout=30
        )
        return b"Mail queue is empty" in listed.stdout

    def flush(self) -> None:
        subprocess.run(["postqueue", "-c", str(self.home / "etc"), "-f"], capture_output=True, timeout=30)

    def log(self) -> str:
        path = self.home / "data" / "mail.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _fetch(self, user: str) -> list[EmailMessage]:
        with imaplib.IMAP4("127.0.0.1", self.imap) as box:
            box.login(user, "pw")
            box.select("INBOX")
            numbers = box.search(None, "ALL")[1][0].split()
            raws = [box.fetch(number, "(RFC822)")[1][0][1] for number in numbers]
        return [message_from_bytes(raw, policy=default) for raw in raws]

    def _write(self) -> None:
        for folder in ("etc", "spool", "data", "box", "dovecot/run"):
            (self.home / folder).mkdir(parents=True)
        shutil.chown(self.home / "data", "postfix")
        shutil.chown(self.home / "box", "nobody")
        for name in ("dynamicmaps.cf", "dynamicmaps.cf.d", "postfix-files", "postfix-files.d"):
            source = Path("/etc/postfix") / name
            if source.is_dir():
                shutil.copytree(source, self.home / "etc" / name)
            elif source.exists():
                shutil.copy(source, self.home / "etc" / name)
        values = {
            "home": self.home,
            "listener": self.listener,
            "lmtp": self.lmtp,
            "imap": self.imap,
            "tokens": self.tokens,
            "hop": HOP,
        }
        (self.home / "etc" / "main.cf").write_text(MAIN.format(**values))
        (self.home / "etc" / "master.cf").write_text(self._master())
        (self.home / "oauth2.conf").write_text(OAUTH.format(**values))
        (self.home / "dovecot.conf").write_text(DOVECOT.format(**values))

    def _master(self) -> str:
        """The distribution's services without chroot, and its SMTP server on our port."""
        lines = []
        for line in Path("/usr/share/postfix/master.cf.dist").read_text().splitlines():
            words = line.split()
            if len(words) >= 8 and words[1] in {"inet", "unix"} and not line.startswith(("#", " ")):
                words[4] = "n"
                if words[:2] == ["smtp", "inet"]:
                    words[0] = f"127.0.0.1:{self.smtp}"
                line = " ".join(words)
            lines.append(line)
        return "\n".join(lines) + "\n"

    def _run(self, *words: str) -> None:
        # Into a file: daemons keep the pipe of whoever started them, and reading it would never end.
        with tempfile.TemporaryFile("w+") as said:
            code = subprocess.run(
                words, stdin=subprocess.DEVNULL, stdout=said, stderr=said, timeout=60
            ).returncode
            said.seek(0)
            if code:
                raise RuntimeError(
                    f"{' '.join(words)} ended with {code}:\n{said.read()[-3000:]}\n{self.log()[-3000:]}"
                )

    def _wait_for(self, port: int) -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"Nothing listens on {port}.\n{self.log()[-3000:]}")
