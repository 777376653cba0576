"""What 一下 leaves: control figures, the papers that gave them out, and what each pass came to.

A figure that was given out is never changed: another one takes its place with another paper. Rows
without a paper are the bureau's drafts, one for each place and project.
"""

from django.db import models
from django.db.models import Q

from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency
from jixiao.web.filings.models import Filing


class ControlIssue(models.Model):
    """Figures given out together, by a paper with its number and day."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="control_issues")
    budget_year = models.IntegerField("预算年度")
    number = models.CharField("文号", max_length=60)
    issued_on = models.DateField("下达日期")
    note = models.CharField("说明", max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="control_issues")
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField("办理时间")

    class Meta:
        verbose_name = "控制数下达"
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "budget_year", "number"), name="one_issue_a_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.budget_year} {self.number}"


class ControlFigure(models.Model):
    """What a place, or one project of it, may come to in 二上. No amount: none any more."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="control_figures")
    agency_path = models.CharField(max_length=120)
    budget_year = models.IntegerField("预算年度")
    #: The key of a project, empty for the place as a whole.
    project = models.CharField("项目标识", max_length=36, blank=True)
    project_name = models.CharField("项目名称", max_length=300, blank=True)
    amount = models.DecimalField("控制数（元）", max_digits=18, decimal_places=2, null=True)
    note = models.CharField("说明", max_length=200, blank=True)
    #: None for a draft of the bureau.
    issue = models.ForeignKey(
        ControlIssue, on_delete=models.PROTECT, null=True, related_name="figures"
    )
    #: The one that counts now of those given out.
    is_current = models.BooleanField(default=False)
    lock_version = models.IntegerField(default=1)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="control_figures")
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField("填写时间")

    class Meta:
        verbose_name = "控制数"
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "budget_year", "project"),
                condition=Q(issue=None),
                name="one_draft_a_figure",
            ),
            models.UniqueConstraint(
                fields=("agency", "budget_year", "project"),
                condition=Q(is_current=True),
                name="one_figure_that_counts",
            ),
        )
        indexes = (
            models.Index(fields=("budget_year", "agency_path"), name="control_figures_year"),
        )

    def __str__(self) -> str:
        return f"{self.budget_year} {self.agency_id} {self.amount}"


class RoundTotal(models.Model):
    """What a filing came to when it was last handed in during a pass: later ones leave it."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="round_totals")
    agency_path = models.CharField(max_length=120)
    budget_year = models.IntegerField("预算年度")
    round = models.CharField("轮次", max_length=20, blank=True)
    total = models.DecimalField("金额（元）", max_digits=18, decimal_places=2, null=True)

    class Meta:
        verbose_name = "各轮申报数"
        constraints = (
            models.UniqueConstraint(fields=("filing", "round"), name="one_total_a_round"),
        )
        indexes = (
            models.Index(
                fields=("budget_year", "round", "agency_path", "total"), name="round_totals_sum"
            ),
        )

    def __str__(self) -> str:
        return f"{self.filing_id} {self.round} {self.total}"
