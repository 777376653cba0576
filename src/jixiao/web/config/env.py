"""The environment, read once into a typed value; everything missing is named at once."""

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from jixiao.foundation.errors import ConfigurationError

_TRUE = frozenset({"1", "true", "yes", "on"})
#: What the framework's own check asks for; said here in plain words before it is asked.
_SHORTEST_SECRET, _FEWEST_SIGNS = 50, 5
_SIGN_ON = {
    "JIXIAO_OIDC_ISSUER": "统一身份认证平台的地址",
    "JIXIAO_OIDC_CLIENT_ID": "在平台上登记的应用编号",
    "JIXIAO_OIDC_CLIENT_SECRET": "在平台上登记的应用密钥",
}


class SingleSignOn(Struct, frozen=True, kw_only=True):
    """The county's single sign-on (OpenID Connect). `claim` names the account in its answer."""

    issuer: str
    client_id: str
    client_secret: str
    claim: str = "preferred_username"
    label: str = "统一身份认证登录"


class Environment(Struct, frozen=True, kw_only=True):
    """What the operator decides. `data` holds database, uploads and backups.

    `secure` says that the outer address is https; `demo` shows sample accounts on the sign-in
    page and must never be on in production. `second_factor` asks administrators and final
    reviewers for a code of a generator; `oidc` is None where there is no single sign-on.
    `webhook_hosts` are machines of the inside (host or host:port) that may be told of changes.
    `journey` names the levels of review: a file of `data/journeys/`, or the county's own `.yml`.
    """

    database_url: str
    data: Path
    secret_key: str
    hosts: tuple[str, ...] = ()
    secure: bool = True
    demo: bool = False
    production: bool = True
    second_factor: bool = False
    oidc: SingleSignOn | None = None
    webhook_hosts: tuple[str, ...] = ()
    journey: str = "cn_county"


def read_environment(values: Mapping[str, str] | None = None) -> Environment:
    """The environment of a production system. Raises ConfigurationError with every mistake."""
    given = os.environ if values is None else values
    missing = [
        f"缺少环境变量 {name}：{meaning}"
        for name, meaning in (
            ("JIXIAO_SECRET_KEY", "签名用的随机字串，至少 50 个字符"),
            ("JIXIAO_HOSTS", "允许访问的主机名，用逗号分隔"),
            ("DATABASE_URL", "数据库地址，如 postgresql://用户:口令@主机/库"),
        )
        if not given.get(name, "").strip()
    ]
    secret = given.get("JIXIAO_SECRET_KEY", "")
    if secret and (len(secret) < _SHORTEST_SECRET or len(set(secret)) < _FEWEST_SIGNS):
        missing.append(
            "JIXIAO_SECRET_KEY 太容易猜：至少 50 个随机字符，可以用 "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))" 生成'
        )
    hosts = _names(given, "JIXIAO_HOSTS")
    if given.get("JIXIAO_HOSTS", "").strip() and (not hosts or "*" in hosts):
        missing.append("JIXIAO_HOSTS 要写明浏览器访问用的主机名，不能是 *，也不能只有逗号")
    if _is_on(given, "JIXIAO_DEMO"):
        missing.append("正式环境不能打开 JIXIAO_DEMO：登录页会显示示例账号")
    missing += _missing_of_sign_on(given)
    if missing:
        raise ConfigurationError(tuple(missing))
    return Environment(
        database_url=given["DATABASE_URL"].strip(),
        data=data_folder(given),
        secret_key=secret,
        hosts=hosts,
        secure=given.get("JIXIAO_SECURE", "1").lower() in _TRUE,
        second_factor=given.get("JIXIAO_SECOND_FACTOR", "1").lower() in _TRUE,
        oidc=_sign_on(given),
        webhook_hosts=_names(given, "JIXIAO_WEBHOOK_HOSTS"),
        journey=given.get("JIXIAO_JOURNEY", "").strip() or "cn_county",
    )


def embedded_environment(values: Mapping[str, str] | None = None) -> Environment:
    """The environment of `jixiao serve` on one machine.

    Everything has a default; the secret is made once and kept beside the database.
    """
    given = os.environ if values is None else values
    data = data_folder(given)
    _make(data)
    return Environment(
        database_url=given.get("DATABASE_URL", "").strip()
        or f"sqlite:///{data / 'jixiao.sqlite3'}",
        data=data,
        secret_key=_kept_secret(data, given.get("JIXIAO_SECRET_KEY", "")),
        hosts=tuple(
            host.strip()
            for host in given.get("JIXIAO_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
        ),
        secure=False,
        demo=_is_on(given, "JIXIAO_DEMO"),
        production=False,
        second_factor=_is_on(given, "JIXIAO_SECOND_FACTOR"),
        oidc=None if _missing_of_sign_on(given) else _sign_on(given),
        webhook_hosts=_names(given, "JIXIAO_WEBHOOK_HOSTS"),
        journey=given.get("JIXIAO_JOURNEY", "").strip() or "cn_county",
    )


def _names(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in given.get(name, "").split(",") if one.strip())


def data_folder(given: Mapping[str, str]) -> Path:
    """Where the system keeps what it owns; `JIXIAO_DATA`, else `data` in the working folder."""
    return Path(given.get("JIXIAO_DATA", "") or "data").resolve()


def _make(data: Path) -> None:
    """The folder is there before the database is opened in it, also where the secret is given."""
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError((f"数据文件夹 {data} 建不了：{error.strerror}",)) from error


def _kept_secret(data: Path, given: str) -> str:
    if given:
        return given
    path = data / "secret.key"
    if not path.exists():
        import secrets  # noqa: PLC0415  once in the life of an installation

        path.write_text(secrets.token_urlsafe(60), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()


def _missing_of_sign_on(given: Mapping[str, str]) -> list[str]:
    """Single sign-on is set up whole or not at all."""
    if not any(given.get(name) for name in _SIGN_ON):
        return []
    missing = [
        f"缺少环境变量 {name}：{meaning}（统一身份认证）"
        for name, meaning in _SIGN_ON.items()
        if not given.get(name, "").strip()
    ]
    issuer = given.get("JIXIAO_OIDC_ISSUER", "")
    if issuer and not issuer.startswith("https://"):
        missing.append("JIXIAO_OIDC_ISSUER 须以 https:// 开头")
    return missing


def _sign_on(given: Mapping[str, str]) -> SingleSignOn | None:
    if not given.get("JIXIAO_OIDC_ISSUER", "").strip():
        return None
    return SingleSignOn(
        issuer=given["JIXIAO_OIDC_ISSUER"].strip().rstrip("/"),
        client_id=given["JIXIAO_OIDC_CLIENT_ID"].strip(),
        client_secret=given["JIXIAO_OIDC_CLIENT_SECRET"].strip(),
        claim=given.get("JIXIAO_OIDC_CLAIM", "").strip() or "preferred_username",
        label=given.get("JIXIAO_OIDC_LABEL", "").strip() or "统一身份认证登录",
    )


def _is_on(given: Mapping[str, str], name: str) -> bool:
    return given.get(name, "").lower() in _TRUE
