"""The servers of one run, each pinned to the server core: the product, a bare ASGI application, nginx."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
SERVER_CORE = "0"
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log crit;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; keepalive_requests 1000000; default_type "text/html";
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}; }} }}
"""


def wait_for(url: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).read()
            return
        except (OSError, urllib.error.URLError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


@contextmanager
def running(command: list[str], url: str, **env: str):
    """A pinned server for the block; gives its process id once `url` answers."""
    process = subprocess.Popen(
        ["taskset", "-c", SERVER_CORE, *command],
        env={**os.environ, **env},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(url)
        yield process.pid
    finally:
        process.terminate()
        process.wait(15)


@contextmanager
def product(folder: Path, port: int):
    """The web process on a seeded database; gives (pid, url of an article)."""
    env = {
        "DJANGO_SETTINGS_MODULE": "handrail.config.settings",
        "HANDRAIL_DATA": str(folder / "data"),
        "PORT": str(port),
        "DATABASE_URL": "",
        "REDIS_URL": "",
    }
    given = {**os.environ, **env}
    subprocess.run(
        [sys.executable, "-m", "handrail", "migrate", "--verbosity=0"], env=given, cwd=ROOT, check=True
    )
    seeded = subprocess.run(
        [sys.executable, "-m", "benches.load.seed"],
        env=given,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    url = f"http://127.0.0.1:{port}{quote(seeded.stdout.strip(), safe='/%-')}"
    with running(
        [sys.executable, "-m", "handrail", "serve"], f"http://127.0.0.1:{port}/healthz", **env
    ) as pid:
        yield pid, url


@contextmanager
def bare_asgi(file: Path, port: int):
    """The same bytes from ten lines of ASGI on the same server."""
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "benches.load.bare:app",
        "--port",
        str(port),
        "--no-access-log",
    ]
    command += ["--loop", "uvloop", "--http", "httptools", "--log-level", "warning"]
    url = f"http://127.0.0.1:{port}/"
    with running(command, url, BARE_FILE=str(file)) as pid:
        yield pid, url


@contextmanager
def nginx(file: Path, port: int):
    """The same bytes as a static file from nginx, one worker."""
    folder = file.parent
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    url = f"http://127.0.0.1:{port}/{file.name}"
    with running(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], url) as pid:
        yield pid, url
