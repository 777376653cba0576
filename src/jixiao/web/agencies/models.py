"""The tree of agencies, and who holds which role at which place of it.

A path is made of fixed-width numbers (`0001.0004.`): a subtree is one range of an index, on both
databases. Filings copy the path of their agency, so that lists need no join.
"""

from django.db import models

from jixiao.web.accounts.models import User

STEP = 5  # four digits and the separator


class Agency(models.Model):
    """A node: the county, the finance bureau and its divisions, departments, units, others.

    `kind` is one of `jixiao.lifecycle.roles.AgencyKind`; it is stored as plain text so that a
    new kind needs no migration.
    """

    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=40)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="children", verbose_name="上级"
    )
    path = models.CharField("路径", max_length=120, unique=True)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = "机构"
        ordering = ("path",)

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        """0 for the county itself."""
        return len(self.path) // STEP - 1

    def ancestor_paths(self) -> list[str]:
        """The paths from the root down to this agency, itself included."""
        return [self.path[:end] for end in range(STEP, len(self.path) + 1, STEP)]


def in_subtree(field: str, path: str) -> models.Q:
    """Everything at or below `path`, as a range that both databases answer from the index."""
    return models.Q(**{f"{field}__gte": path, f"{field}__lt": f"{path[:-1]}/"})


class Membership(models.Model):
    """A role held at an agency from a day to a day; a delegated one names who lent it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("角色", max_length=40)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True)
    delegated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="delegations"
    )
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="grants")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "任职"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "agency", "role", "starts_on"), name="one_membership_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.role} @ {self.agency}"


class Workplace(models.Model):
    """Where a person works: whose administrators keep the account, before any role is held."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="workplace")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="workers")

    class Meta:
        verbose_name = "所在单位"

    def __str__(self) -> str:
        return f"{self.user} @ {self.agency}"
