"""A second proof of who signs in, for those who keep the system or decide last."""

from datetime import timedelta

import pyotp
import pytest

from jixiao.web.accounts import second_factor as factor
from jixiao.web.accounts.models import RecoveryCode, SecondFactor, User
from jixiao.web.accounts.sealing import unseal
from jixiao.web.desk.demo import PASSWORD
from jixiao.web.workflow.models import Event
from tests.web.conftest import NOW


@pytest.fixture
def reviewer(county) -> User:
    return User.objects.get(username="jixiao")


def enrol(user: User, at=NOW) -> tuple[str, tuple[str, ...]]:
    secret = factor.begin(user)
    codes = factor.confirm(user=user, code=pyotp.TOTP(secret).at(at), now=at)
    assert codes is not None
    return secret, codes


def test_a_wrong_code_switches_nothing_on(reviewer):
    factor.begin(reviewer)
    assert factor.confirm(user=reviewer, code="000000", now=NOW) is None
    assert not factor.is_enrolled(reviewer)


def test_no_code_counts_twice(reviewer):
    secret, _ = enrol(reviewer)
    later = NOW + timedelta(seconds=90)
    code = pyotp.TOTP(secret).at(later)
    assert factor.check(user=reviewer, code=code, now=later) is factor.Checked.RIGHT
    assert factor.check(user=reviewer, code=code, now=later) is factor.Checked.WRONG


def test_an_old_code_is_wrong(reviewer):
    secret, _ = enrol(reviewer)
    later = NOW + timedelta(minutes=10)
    assert (
        factor.check(user=reviewer, code=pyotp.TOTP(secret).at(NOW), now=later)
        is factor.Checked.WRONG
    )


def test_five_wrong_codes_are_followed_by_a_rest(reviewer):
    secret, codes = enrol(reviewer)
    outcomes = [factor.check(user=reviewer, code="123", now=NOW) for _ in range(5)]
    assert outcomes == [factor.Checked.WRONG] * 4 + [factor.Checked.RESTING]
    soon = NOW + timedelta(minutes=5)
    assert (
        factor.check(user=reviewer, code=pyotp.TOTP(secret).at(soon), now=soon)
        is factor.Checked.RESTING
    )
    assert factor.check(user=reviewer, code=codes[0], now=soon) is factor.Checked.RESTING
    late = NOW + timedelta(minutes=16)
    assert (
        factor.check(user=reviewer, code=pyotp.TOTP(secret).at(late), now=late)
        is factor.Checked.RIGHT
    )


def test_a_paper_code_works_once(reviewer):
    _, codes = enrol(reviewer)
    assert factor.check(user=reviewer, code=codes[0].upper(), now=NOW) is factor.Checked.RIGHT
    assert factor.check(user=reviewer, code=codes[0], now=NOW) is factor.Checked.WRONG


def test_neither_secret_nor_codes_lie_open(reviewer):
    secret, codes = enrol(reviewer)
    kept = SecondFactor.objects.get(user=reviewer).sealed
    assert secret not in kept
    assert unseal(kept) == secret
    assert not set(RecoveryCode.objects.values_list("digest", flat=True)) & set(codes)


def test_a_secret_of_another_installation_opens_nothing(reviewer, settings):
    secret, codes = enrol(reviewer)
    settings.SECRET_KEY = "another-installation-" * 3
    later = NOW + timedelta(minutes=2)
    assert (
        factor.check(user=reviewer, code=pyotp.TOTP(secret).at(later), now=later)
        is factor.Checked.WRONG
    )
    assert factor.check(user=reviewer, code=codes[1], now=later) is factor.Checked.RIGHT


def test_the_picture_carries_no_style_of_its_own(reviewer):
    drawn = factor.picture(reviewer, factor.begin(reviewer))
    assert drawn.startswith("<svg")
    assert "style=" not in drawn


def sign_in(client, name, **more):
    return client.post("/sign-in", {"username": name, "password": PASSWORD, **more})


def test_signing_in_takes_two_steps(client, reviewer):
    _, codes = enrol(reviewer)
    assert sign_in(client, "jixiao", next="/filings").headers["Location"] == "/sign-in/code"
    assert client.get("/").status_code == 302  # half in is not in
    assert client.post("/sign-in/code", {"one_time_code": "1"}).status_code == 400
    answer = client.post("/sign-in/code", {"one_time_code": codes[2]})
    assert answer.headers["Location"] == "/filings"
    assert client.get("/").status_code == 200
    assert Event.objects.filter(code="account.signed_in").get().payload.count("password+code") == 1


def test_the_second_step_does_not_begin_by_itself(client, reviewer):
    enrol(reviewer)
    assert client.get("/sign-in/code").headers["Location"] == "/sign-in"


def test_where_it_is_asked_for_nothing_goes_before_it(client, county, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    sign_in(client, "jixiao")
    assert client.get("/filings").headers["Location"] == "/account/second-factor"
    page = client.get("/account/second-factor").content.decode()
    assert "<svg" in page
    secret = unseal(SecondFactor.objects.get(user__username="jixiao").sealed)
    answer = client.post("/account/second-factor", {"one_time_code": pyotp.TOTP(secret).now()})
    assert answer.content.decode().count("<li><code>") == 8
    assert client.get("/filings").status_code == 200


def test_clerks_are_not_asked(client, county, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    sign_in(client, "taole")
    assert client.get("/filings").status_code == 200


def test_programs_are_told(client, county, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    sign_in(client, "jixiao")
    answer = client.get("/api/v1/me")
    if answer.status_code == 404:
        pytest.skip("no such address of the API here")
    assert (answer.status_code, answer.json()["code"]) == (403, "account_duty")
