"""Which addresses may be spoken to from inside the network, and to which machine they lead.

Only https, and only machines of the open internet, unless the operator names the host: a closed
network tells its own systems, but nobody turns the server into a key to what stands beside it.
"""

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from msgspec import Struct

_PORTS = {"https": 443, "http": 80}


class Target(Struct, frozen=True):
    """Where to connect: the name for TLS and the Host header, the address that was checked."""

    scheme: str
    host: str
    port: int
    path: str
    address: str


class Refused(ValueError):
    """An address nobody connects to; the message says why."""


def refusal(url: str) -> str | None:
    """Why this address may not be registered, None where it may; asks no name server."""
    try:
        _parts(url)
    except Refused as fault:
        return str(fault)
    return None


def target_of(url: str) -> Target:
    """The checked address of a URL, looked up now. Raises Refused."""
    parts, host, port = _parts(url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused("主机名查不到地址") from None
    addresses = [str(one[4][0]) for one in found]
    if not _is_named(host, port):
        bad = [one for one in addresses if not _is_open(one)]
        if bad or not addresses:
            raise Refused("地址在内部网络，没有列入允许的主机")
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    return Target(parts.scheme, host, port, f"{path}{query}", addresses[0])


def _parts(url: str) -> tuple[SplitResult, str, int]:
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise Refused("地址里有不能使用的字符")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("地址有误，请检查后重填") from None
    host = parts.hostname or ""
    if parts.scheme not in _PORTS or not host:
        raise Refused("地址应以 https:// 开头")
    if parts.username is not None or parts.password is not None:
        raise Refused("地址里不能带用户名和口令")
    port = _PORTS[parts.scheme] if port is None else port
    if _is_named(host, port):
        return parts, host, port
    if parts.scheme != "https":
        raise Refused("只能用 https；内部主机由系统管理员列入 JIXIAO_WEBHOOK_HOSTS 后可用 http")
    if _is_number(host) and not _is_open(host):
        raise Refused("地址在内部网络，没有列入允许的主机")
    return parts, host, port


def _is_named(host: str, port: int) -> bool:
    """Whether the operator has named this host, with or without its port."""
    named: tuple[str, ...] = getattr(settings, "WEBHOOK_HOSTS", ())
    return host in named or f"{host}:{port}" in named


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_open(address: str) -> bool:
    """Whether an address belongs to the open internet."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    found = found if mapped is None else mapped
    return found.is_global and not found.is_multicast
