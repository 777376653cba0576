"""Single sign-on against an issuer on loopback that speaks OpenID Connect for real."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from jixiao.foundation.errors import ConfigurationError
from jixiao.web.accounts.models import ExternalIdentity, User
from jixiao.web.config.env import SingleSignOn, read_environment

KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
STRANGER = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})


class Issuer(BaseHTTPRequestHandler):
    """Discovery, keys and tokens; what it claims is set by the test."""

    claims: ClassVar[dict] = {}
    key = KEY
    asked: ClassVar[dict] = {}

    def do_GET(self):
        root = f"http://127.0.0.1:{self.server.server_port}"
        if self.path == "/keys":
            return self.say({"keys": [KEY.as_dict(private=False)]})
        return self.say({
            "issuer": root, "authorization_endpoint": f"{root}/authorize",
            "token_endpoint": f"{root}/token", "jwks_uri": f"{root}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        })  # fmt: skip

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        type(self).asked = {name: values[0] for name, values in parse_qs(body).items()}
        now = int(time.time())
        claims = {
            "iss": f"http://127.0.0.1:{self.server.server_port}", "aud": "jixiao", "sub": "person-1",
            "iat": now, "exp": now + 60, "preferred_username": "taole", **self.claims,
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return self.say(
            {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": token}
        )

    def say(self, content):
        data = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Nothing to say."""


@pytest.fixture
def issuer(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Issuer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    root = f"http://127.0.0.1:{server.server_port}"
    settings.OIDC = SingleSignOn(issuer=root, client_id="jixiao", client_secret="s")
    Issuer.claims, Issuer.key, Issuer.asked = {}, KEY, {}
    yield Issuer
    server.shutdown()
    server.server_close()
    thread.join()


def round_trip(client, issuer, **claims):
    """To the platform and back, as a browser goes."""
    leaving = client.get("/sign-in/platform?next=/filings")
    asked = parse_qs(urlsplit(leaving.headers["Location"]).query)
    issuer.claims = {"nonce": asked["nonce"][0], **claims}
    return asked, client.get("/sign-in/platform/back", {"code": "c", "state": asked["state"][0]})


def test_it_is_not_there_by_default(client, county):
    assert client.get("/sign-in/platform").status_code == 404
    assert client.get("/sign-in/platform/back").status_code == 404


def test_signing_on(client, county, issuer):
    assert "统一身份认证登录" in client.get("/sign-in").content.decode()
    asked, answer = round_trip(client, issuer)
    assert asked["code_challenge_method"] == ["S256"]
    assert "code_verifier" in issuer.asked
    assert answer.headers["Location"] == "/filings"
    assert client.get("/filings").status_code == 200
    assert ExternalIdentity.objects.get().subject == "person-1"


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"preferred_username": "nobody"}, "没有您的账号"),
        ({"preferred_username": ""}, "没有您的账号"),
        ({"aud": "another"}, "没有完成"),
        ({"nonce": "another"}, "没有完成"),
        ({"exp": 1}, "没有完成"),
        ({"iss": "http://elsewhere.example"}, "没有完成"),
    ],
)
def test_who_is_not_let_in(client, county, issuer, claims, words):
    _, answer = round_trip(client, issuer, **claims)
    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert client.get("/filings").status_code == 302


def test_a_token_of_another_key(client, county, issuer):
    issuer.key = STRANGER
    _, answer = round_trip(client, issuer)
    assert answer.status_code == 403


def test_an_answer_nobody_asked_for(client, county, issuer):
    answer = client.get("/sign-in/platform/back", {"code": "c", "state": "made-up"})
    assert answer.status_code == 403


def test_a_refusal_of_the_platform(client, county, issuer):
    assert client.get("/sign-in/platform/back?error=access_denied").status_code == 403


def test_the_name_given_to_somebody_else_does_not_open_the_account(client, county, issuer):
    round_trip(client, issuer)
    client.post("/sign-out")
    _, answer = round_trip(client, issuer, sub="person-2")
    assert "另一个统一身份" in answer.content.decode()
    _, answer = round_trip(
        client, issuer, preferred_username="renamed"
    )  # the subject is what counts
    assert answer.status_code == 302


def test_an_account_switched_off(client, county, issuer):
    User.objects.filter(username="taole").update(is_active=False)
    _, answer = round_trip(client, issuer)
    assert "已停用" in answer.content.decode()


def test_a_platform_that_does_not_answer(client, county, settings):
    settings.OIDC = SingleSignOn(issuer="http://127.0.0.1:9", client_id="x", client_secret="y")
    answer = client.get("/sign-in/platform")
    assert "没有应答" in answer.content.decode()


def test_it_is_set_up_whole_or_not_at_all(tmp_path):
    given = {
        "JIXIAO_SECRET_KEY": "x" * 50, "JIXIAO_HOSTS": "a", "DATABASE_URL": "sqlite:///x",
        "JIXIAO_DATA": str(tmp_path), "JIXIAO_OIDC_ISSUER": "http://plain.example",
    }  # fmt: skip
    with pytest.raises(ConfigurationError) as refused:
        read_environment(given)
    assert "JIXIAO_OIDC_CLIENT_ID" in str(refused.value)
    assert "JIXIAO_OIDC_CLIENT_SECRET" in str(refused.value)
    assert "https://" in str(refused.value)
