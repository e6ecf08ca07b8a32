"""Settings from the environment: read once, typed, and refused in a sentence."""

from __future__ import annotations

import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

ROOT = Path(__file__).resolve().parents[2]


def folder(name: str, *, default: Path) -> Path:
    """An absolute folder, made if it is not there."""
    path = Path(env.str(name, default=str(default))).expanduser().resolve()
    # Mail, files and sign-in links lie in it: for this user alone.
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def whole(name: str, *, default: int) -> int:
    """A whole number, zero or more."""
    text = env.str(name, default=str(default))
    if not text.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, got {text!r}.")
    return int(text)


PROGRAM_ENDINGS = (
    "apk,app,appx,bat,cmd,com,cpl,deb,dll,dmg,elf,exe,gadget,hta,inf,ins,ipa,iso,jar,js,jse,lnk,mjs,msc,msi,msix,msp,mst,"
    "pif,pkg,ps1,ps1xml,psm1,reg,rpm,run,scf,scr,sct,sh,sys,url,vb,vbe,vbs,vhd,vhdx,wsc,wsf,wsh,xll"
)


def endings(name: str, *, default: str) -> frozenset[str]:
    """Endings of file names, with commas between them: with or without a dot, in either case."""
    given = env.str(name, default=default).split(",")
    return frozenset(each.strip().lstrip(".").casefold() for each in given) - {""}


def scanner(name: str) -> str:
    """Where clamd listens: `unix:/path` or `tcp://host:port`; "" for none."""
    text = env.str(name, default="")
    host, _, port = text.removeprefix("tcp://").rpartition(":")
    if text and not text.startswith("unix:/") and not (text.startswith("tcp://") and host and port.isdigit()):
        raise ImproperlyConfigured(f"{name} must be unix:/path or tcp://host:port, got {text!r}.")
    return text


def kept_secret(name: str, path: Path) -> str:
    """A secret from the environment, from the file it names, or made once and kept at `path` (mode 600)."""
    if given := env.str(name, default=""):
        return given
    if file := env.str(f"{name}_FILE", default=""):
        return Path(file).read_text(encoding="utf-8").strip()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
