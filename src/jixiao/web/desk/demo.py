"""The sample accounts shown on the sign-in page in demo mode only."""

from msgspec import Struct

from jixiao.lifecycle.roles import ROLES
from jixiao.web.agencies.models import Membership

#: All sample accounts have this password; a production system has none of them.
PASSWORD = "Jixiao-2022"  # noqa: S105  printed on the page of a demonstration


class SampleAccount(Struct, frozen=True):
    """One line of the list: whom to sign in as."""

    username: str
    full_name: str
    role: str
    place: str


def sample_accounts() -> list[SampleAccount]:
    """Every person of the sample county with the first role held."""
    found: dict[str, SampleAccount] = {}
    held = Membership.objects.select_related("user", "agency").order_by("pk")
    for one in held:
        label = next((role.label for role in ROLES.values() if role.code == one.role), one.role)
        found.setdefault(
            one.user.username,
            SampleAccount(one.user.username, one.user.full_name, label, one.agency.name),
        )
    return list(found.values())
