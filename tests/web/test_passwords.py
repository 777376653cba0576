"""How passwords are kept: as hashes that cost a guesser much and a county's morning little."""

from pathlib import Path

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, identify_hasher
from pytest_django.fixtures import Settings

from jixiao.web.accounts.passwords import Argon2
from jixiao.web.config.env import embedded_environment
from jixiao.web.config.settings.base import settings_for


def test_new_passwords_are_hashed_with_our_measure(tmp_path: Path, settings: Settings) -> None:
    chosen = settings_for(embedded_environment({"JIXIAO_DATA": str(tmp_path)}))
    settings.PASSWORD_HASHERS = chosen["PASSWORD_HASHERS"]
    encoded = Argon2().encode("Jixiao-2022", "somesaltsomesaltsomesalt")
    assert isinstance(identify_hasher(encoded), Argon2)
    assert "m=47104,t=1,p=1" in encoded


def test_a_password_of_another_measure_still_opens_and_is_hashed_anew(
    settings: Settings,
) -> None:
    settings.PASSWORD_HASHERS = ["jixiao.web.accounts.passwords.Argon2"]
    encoded = Argon2PasswordHasher().encode("Jixiao-2022", "somesaltsomesaltsomesalt")
    renewed: list[str] = []
    assert check_password("Jixiao-2022", encoded, setter=renewed.append)
    assert renewed == ["Jixiao-2022"]
    assert not check_password("jixiao-2022", encoded, setter=renewed.append)
