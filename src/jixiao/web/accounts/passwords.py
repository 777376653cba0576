"""What a password has to be (等保 2.0 as a guide): long, of several classes, and new."""

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jixiao.web.accounts.models import User

SHORTEST, CLASSES, REMEMBERED = 10, 3, 5


class Argon2(Argon2PasswordHasher):
    """Argon2id in one thread and 46 MiB, as hard to guess as the usual two rounds of a little.

    The framework's own measure is 100 MiB and eight threads for each sign-in: a county that
    comes to work at nine would fill the memory of a small server, and stop who types already.
    Hashes made with another measure are made anew at the next sign-in.
    """

    time_cost = 1
    memory_cost = 47_104
    parallelism = 1


class LengthAndClasses:
    """At least ten characters of at least three classes."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002  Django's
        found = {_class(character) for character in password}
        if len(password) < SHORTEST or len(found) < CLASSES:
            raise ValidationError(self.get_help_text(), code="too_simple")

    def get_help_text(self) -> str:
        return _("口令至少 10 位，并且包含大写字母、小写字母、数字、符号中的三种。")


class NotUsedBefore:
    """Neither the present one nor one of the last five."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        past = user.past_passwords.order_by("-used_until").values_list("encoded", flat=True)
        known = [user.password, *past[:REMEMBERED]]
        if any(check_password(password, encoded) for encoded in known):
            raise ValidationError(self.get_help_text(), code="used_before")

    def get_help_text(self) -> str:
        return _("不能与现在的口令或最近五次用过的口令相同。")


def _class(character: str) -> str:
    if character.isdigit():
        return "digit"
    if character.isalpha():
        return "upper" if character.isupper() else "lower"
    return "sign"
