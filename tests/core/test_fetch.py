"""Guarded fetch: nothing inside is reached, by any spelling, name or redirect; nothing takes long or grows."""

from __future__ import annotations

import gzip
import ssl
import subprocess
import time
import zlib

import pytest

from handrail.core.fetch import Refused, TooLarge, Unreachable, fetch, network
from handrail.core.fetch.addresses import is_public
from tests.core.traps import says, trap

# Every way to write an address of this machine or its network that a resolver or a URL parser might take.
SPELLINGS = [
    "127.0.0.1", "127.0.1", "127.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1", "0x7f.0x0.0x0.0x1",
    "0177.1", "0177.0.0.1", "017700000001", "00000177.1", "0", "0.0.0.0", "0x0", "000.000.000.000",
    "localhost", "LOCALHOST", "localhost.", "127。0。0。1", "127．0．0．1", "１２７.0.0.1", "①②⑦.0.0.1", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "127.0.0.1.", "[::1]", "[0:0:0:0:0:0:0:1]", "[0000::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]",
    "[2001:0:7f00:1::]", "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]", "169.254.169.254", "2852039166", "0xa9fea9fe",
    "[::ffff:169.254.169.254]", "10.0.0.1", "10.1", "172.16.0.1", "192.168.0.1", "192.168.1", "100.64.0.1", "198.18.0.1",
    "192.0.0.192", "224.0.0.1", "255.255.255.255", "[ff02::1]",
]  # fmt: skip


@pytest.fixture
def inside(settings):
    with trap() as kept:
        settings.FETCH_PORTS = [kept.port]
        yield kept


def point(monkeypatch, **names):
    """Have the resolver say these addresses; a list of lists says another at each question."""
    asked = {name: iter(found) for name, found in names.items() if isinstance(found[0], list)}

    def resolve(host, port):
        key = host.replace(".", "_").replace("-", "_")
        return next(asked[key]) if key in asked else names[key]

    monkeypatch.setattr(network, "resolve", resolve)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_an_inside_address_is_reached(inside, spelling):
    with pytest.raises((Refused, Unreachable)):
        fetch(f"http://{spelling}:{inside.port}/", seconds=2)
    assert inside.requests == []


def test_the_trap_would_notice(inside, monkeypatch):
    """The same spellings without the check: many of them do reach this machine."""
    monkeypatch.setattr(network, "is_public", lambda address: True)
    monkeypatch.setattr(network, "_is_ourselves", lambda stream: False)
    reached = 0
    for spelling in SPELLINGS[:32]:
        try:
            reached += fetch(f"http://{spelling}:{inside.port}/", seconds=2).body == b"inside"
        except (Refused, Unreachable):
            pass
    assert reached >= 20


def test_there_are_at_least_forty_spellings():
    assert len(set(SPELLINGS)) >= 40


def test_our_own_public_address_is_ourselves_too(inside, monkeypatch):
    monkeypatch.setattr(network, "is_public", lambda address: True)
    point(monkeypatch, www_example=["127.0.0.1"])
    with pytest.raises(Refused, match="this machine"):
        fetch(f"http://www.example:{inside.port}/")
    assert inside.requests == [] or inside.requests == [b""]


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "203.0.112.1", "2606:4700:4700::1111", "2a00:1450::1"]
)
def test_the_open_internet_is_allowed(address):
    assert is_public(address)


def test_one_inside_address_among_good_ones_spoils_the_name(inside, monkeypatch):
    point(monkeypatch, mixed_example=["8.8.8.8", "127.0.0.1"])
    with pytest.raises(Refused, match=r"127\.0\.0\.1"):
        fetch(f"http://mixed.example:{inside.port}/")


def test_a_name_is_looked_up_once_and_the_checked_address_is_used(inside, monkeypatch, settings):
    """Rebinding: the first answer is public, the second would be loopback. There is no second question."""
    point(monkeypatch, rebind_example=[["8.8.8.8"], ["127.0.0.1"], ["127.0.0.1"]])
    connected = []

    def connect(self, address, port, timeout=None, **kwargs):
        connected.append(address)
        raise network.httpcore2.ConnectError("not for real")

    monkeypatch.setattr(network.httpcore2.SyncBackend, "connect_tcp", connect)
    with pytest.raises(Unreachable):
        fetch(f"http://rebind.example:{inside.port}/")
    assert connected == ["8.8.8.8"]
    with pytest.raises(Refused):
        fetch(f"http://rebind.example:{inside.port}/")
    assert connected == ["8.8.8.8"]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "gopher://8.8.8.8/", "ftp://8.8.8.8/", "unix:/run/x.sock", "data:text/plain,x", "//8.8.8.8/",
        "http://user:password@8.8.8.8/", "http://127.0.0.1@8.8.8.8/", "http://8.8.8.8:22/", "http://8.8.8.8:6379/",
        "http://8.8.8.8/\r\nX: y", "http://8.8.8.8/ x", "http://", "http:///x", "javascript:alert(1)", "",
    ],
)  # fmt: skip
def test_only_plain_web_addresses_are_fetched(url):
    with pytest.raises(Refused):
        fetch(url)


def test_a_header_cannot_carry_a_second_one(monkeypatch):
    point(monkeypatch, web_example=["8.8.8.8"])
    with pytest.raises(Refused, match="line break"):
        fetch("http://web.example/", headers={"x-hook": "a\r\nHost: evil"})


@pytest.fixture
def vouched(settings, monkeypatch):
    """Makes `http://files.test:<port>/` reach a local server, as an operator may allow."""

    def vouch(server, name="files.test"):
        settings.FETCH_INTERNAL = [*settings.FETCH_INTERNAL, f"{name}:{server.port}"]
        monkeypatch.setattr(network, "resolve", lambda host, port: ["127.0.0.1"])
        return f"http://{name}:{server.port}/"

    return vouch


def test_what_the_operator_vouches_for_is_reached_with_the_right_host(vouched):
    with trap(says("HTTP/1.1 201 Made\r\nX-One: 1\r\nContent-Length: 2\r\n\r\nok")) as server:
        got = fetch(vouched(server) + "path?q=환불", method="POST", content=b"{}", headers={"X-Hook": "1"})
        assert (got.status, got.body, got.headers["x-one"]) == (201, b"ok", "1")
        (request,) = server.requests
        assert request.startswith(b"POST /path?q=%ED%99%98%EB%B6%88 HTTP/1.1\r\n")
        assert f"host: files.test:{server.port}\r\n".encode() in request.lower()


def test_the_environments_proxy_is_not_asked(vouched, monkeypatch):
    with trap() as proxy, trap(says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert fetch(vouched(server)).body == b"ok"
        assert proxy.requests == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "place",
    ["http://127.0.0.1:{port}/", "//127.1:{port}/", "http://2130706433:{port}/", "file:///etc/passwd"],
)
def test_a_redirect_to_the_inside_is_not_followed(inside, vouched, status, place):
    onward = place.format(port=inside.port)
    with trap(says(f"HTTP/1.1 {status} X\r\nLocation: {onward}\r\nContent-Length: 0\r\n\r\n")) as server:
        url = vouched(server)
        with pytest.raises(Refused):
            fetch(url, redirects=3)
        assert fetch(url).status == status, "without leave, a redirect is an answer like any other"
        assert inside.requests == []


def test_redirects_are_followed_as_often_as_allowed_and_lose_secrets_on_another_host(vouched):
    with trap(says("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nend")) as second:
        onward = vouched(second, "other.test")
        with trap(says(f"HTTP/1.1 302 X\r\nLocation: {onward}end\r\nContent-Length: 0\r\n\r\n")) as first:
            url = vouched(first)
            got = fetch(
                url,
                redirects=1,
                method="POST",
                content=b"secret",
                headers={"Authorization": "Bearer t", "X-A": "1"},
            )
            assert (got.body, got.url) == (b"end", f"{onward}end")
            (request,) = second.requests
            assert request.startswith(b"GET /end")
            assert b"bearer" not in request.lower()
            assert b"x-a: 1" in request.lower()


def dribble(line):
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(1000):
        line.sendall(b"x")
        time.sleep(0.05)


def dribble_head(line):
    line.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _ in range(1000):
        line.sendall(b"x")
        time.sleep(0.05)


def silence(line):
    time.sleep(20)


@pytest.mark.parametrize("trick", [dribble, dribble_head, silence])
def test_a_server_that_dribbles_is_left_at_the_deadline(vouched, trick):
    with trap(trick) as server:
        start = time.monotonic()
        with pytest.raises(Unreachable):
            fetch(vouched(server), seconds=0.6)
        assert time.monotonic() - start < 2


def endless(line):
    line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        line.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")


def test_an_endless_body_is_cut_at_a_megabyte(vouched):
    with trap(endless) as server, pytest.raises(TooLarge):
        fetch(vouched(server))


def packed(body: bytes, how: str) -> bytes:
    return (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n" % (how.encode(), len(body))
        + body
    )


def test_a_packed_body_is_unpacked(vouched):
    with trap(says(packed(gzip.compress("환불".encode()), "gzip"))) as server:
        assert fetch(vouched(server)).text == "환불"
    with trap(says(packed(zlib.compress(b"plain"), "deflate"))) as server:
        assert fetch(vouched(server)).body == b"plain"


def test_a_bomb_is_never_unpacked_past_the_cap(vouched):
    import resource

    bomb = gzip.compress(b"\0" * 200_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with trap(says(packed(bomb, "gzip"))) as server, pytest.raises(TooLarge):
        fetch(vouched(server))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


@pytest.mark.parametrize("how", ["br", "zstd", "gzip, gzip"])
def test_packing_we_did_not_ask_for_is_refused(vouched, how):
    with trap(says(packed(b"x" * 10, how))) as server, pytest.raises(Refused):
        fetch(vouched(server))


@pytest.mark.parametrize(
    "answer",
    ["", "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", "HTTP/1.1 999999"],
)
def test_a_broken_answer_is_unreachable_not_a_crash(vouched, answer):
    with trap(says(answer)) as server, pytest.raises(Unreachable):
        fetch(vouched(server))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=files.test", "-addext", "subjectAltName=DNS:files.test", "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder


def test_over_tls_the_name_is_sent_and_its_certificate_is_checked(vouched, certificate, monkeypatch):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    trusting = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
    with trap(says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), context) as server:
        url = vouched(server).replace("http:", "https:")
        with pytest.raises(Unreachable, match="certificate"):
            fetch(url)
        monkeypatch.setattr(network, "_tls", lambda: trusting)
        assert fetch(url).body == b"ok"
        assert server.names[-1] == "files.test"
        other = vouched(server, "other.test").replace("http:", "https:")
        with pytest.raises(Unreachable, match=r"[Hh]ostname"):
            fetch(other)
