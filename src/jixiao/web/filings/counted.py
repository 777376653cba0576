"""What is counted in advance, so that boards and totals never read all filings; and saved views.

Everything counted is derived: the services that change a filing keep it in the same transaction
(`counting.py`), and `jixiao_recount` makes it anew.
"""

from django.db import models
from django.db.models import Q

from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency


class FindingCount(models.Model):
    """How often a rule speaks in the current revision of a filing, accepted findings left out."""

    filing = models.ForeignKey(
        "filings.Filing", on_delete=models.CASCADE, related_name="finding_counts"
    )
    agency_path = models.CharField(max_length=120)
    budget_year = models.IntegerField()
    code = models.CharField("规则", max_length=20)
    severity = models.CharField("等级", max_length=20)
    count = models.IntegerField("条数")

    class Meta:
        verbose_name = "校核条数"
        constraints = (models.UniqueConstraint(fields=("filing", "code"), name="one_count_a_rule"),)
        indexes = (
            models.Index(
                fields=("budget_year", "agency_path", "code", "severity", "count", "filing"),
                name="finding_counts_board",
            ),
        )

    def __str__(self) -> str:
        return f"{self.filing_id} {self.code} {self.count}"


class FindingSum(models.Model):
    """How often a rule speaks in the filings of an agency, and in how many (`spoken`).

    Where neither code nor severity is named: the filings that are told anything at all.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="finding_sums")
    agency_path = models.CharField(max_length=120)
    budget_year = models.IntegerField()
    is_handed_in = models.BooleanField()
    code = models.CharField("规则", max_length=20, blank=True)
    severity = models.CharField("等级", max_length=20, blank=True)
    filings = models.IntegerField("张数")
    count = models.IntegerField("条数")

    class Meta:
        verbose_name = "校核合计"
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "budget_year", "is_handed_in", "code", "severity"),
                name="one_finding_sum",
            ),
        )
        indexes = (
            models.Index(
                fields=(
                    *("budget_year", "agency_path", "is_handed_in"),
                    *("code", "severity", "filings", "count"),
                ),
                name="finding_sums_board",
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency_id} {self.budget_year} {self.code} {self.filings} {self.count}"


class Tally(models.Model):
    """Sums of an agency's filings of a year that stand alike."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="tallies")
    agency_path = models.CharField(max_length=120)
    budget_year = models.IntegerField("预算年度")
    state = models.CharField("状态", max_length=40)
    #: Drafts that were never handed in are nobody's business but their writers'.
    is_handed_in = models.BooleanField()
    round = models.CharField("轮次", max_length=20, blank=True)
    category = models.CharField("项目类别", max_length=40, blank=True)
    filings = models.IntegerField("张数")
    with_errors = models.IntegerField("有错误的张数")
    total = models.DecimalField("金额（元）", max_digits=20, decimal_places=2, null=True)
    indicators = models.IntegerField("指标数")
    errors = models.IntegerField("错误")
    warnings = models.IntegerField("警告")
    #: How many of them state a total: none stated is not 0.
    priced = models.IntegerField("有金额的张数", default=0)

    class Meta:
        verbose_name = "合计"
        indexes = (
            models.Index(fields=("budget_year", "agency_path"), name="tallies_year"),
            models.Index(fields=("agency_path",), name="tallies_path"),
        )

    def __str__(self) -> str:
        return f"{self.agency_id} {self.budget_year} {self.state} {self.filings}"


class Subtotal(models.Model):
    """Sums of everything at a place or below it, whatever agency filed it.

    A write adds what it changed as rows of its own (`is_change`) for each place above, so that no
    two writers ever wait for one row; they are folded into the others in time. A question sums
    both kinds, and its answer is that of the moment.
    """

    place_path = models.CharField(max_length=120)
    is_change = models.BooleanField()
    budget_year = models.IntegerField("预算年度")
    state = models.CharField("状态", max_length=40)
    is_handed_in = models.BooleanField()
    round = models.CharField("轮次", max_length=20, blank=True)
    category = models.CharField("项目类别", max_length=40, blank=True)
    filings = models.IntegerField("张数")
    with_errors = models.IntegerField("有错误的张数")
    total = models.DecimalField("金额（元）", max_digits=20, decimal_places=2, default=0)
    indicators = models.IntegerField("指标数")
    errors = models.IntegerField("错误")
    warnings = models.IntegerField("警告")
    priced = models.IntegerField("有金额的张数")

    class Meta:
        verbose_name = "逐级合计"
        indexes = (
            models.Index(fields=("place_path", "budget_year", "state"), name="subtotals_place"),
            models.Index(fields=("id",), condition=Q(is_change=True), name="subtotals_changes"),
        )

    def __str__(self) -> str:
        return f"{self.place_path} {self.budget_year} {self.state} {self.filings}"


class DayCount(models.Model):
    """How often something happened to an agency's filings on a day."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="day_counts")
    agency_path = models.CharField(max_length=120)
    budget_year = models.IntegerField()
    day = models.DateField("日期")
    code = models.CharField("事项", max_length=60)
    count = models.IntegerField("次数")

    class Meta:
        verbose_name = "每日次数"
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "budget_year", "day", "code"), name="one_count_a_day"
            ),
        )
        indexes = (models.Index(fields=("budget_year", "day"), name="day_counts_board"),)

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day} {self.code} {self.count}"


class SavedView(models.Model):
    """A narrowing of the list somebody uses again; a shared one is for the whole agency."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField("名称", max_length=40)
    query = models.CharField(max_length=1000)
    is_shared = models.BooleanField("本单位共用", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "常用查询"
        constraints = (models.UniqueConstraint(fields=("user", "name"), name="one_view_a_name"),)
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
