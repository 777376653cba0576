"""What agencies hand in. A filing goes its way; revisions are what it said at each time.

A revision keeps its form as one JSON document (`jixiao.form.codec`); the columns of a filing are
derived from the newest one, for lists and search, and can be made anew at any time.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr

from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import STEP, Agency
from jixiao.web.filings.counted import (
    DayCount,
    FindingCount,
    FindingSum,
    SavedView,
    Subtotal,
    Tally,
)
from jixiao.web.filings.received import Batch, Job, ReadForm, ReceivedFile

__all__ = [
    "AuditRun",
    "Batch",
    "DayCount",
    "Document",
    "Filing",
    "FindingCount",
    "FindingSum",
    "Job",
    "ReadForm",
    "ReceivedFile",
    "Revision",
    "SavedView",
    "Subtotal",
    "Suppression",
    "Tally",
]

CLOSED_STATES = ("refused", "withdrawn", "superseded")


class Document(models.Model):
    """A file somebody handed in, kept as it came."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="documents")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="documents")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    name = models.CharField("文件名", max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.BigIntegerField("字节数")
    sha256 = models.CharField(max_length=64, db_index=True)
    content = models.FileField(upload_to="documents/%Y/%m/")
    budget_year = models.IntegerField("预算年度", null=True)
    #: waiting, read, partial, failed
    status = models.CharField("读取状态", max_length=20, default="waiting")
    problems = models.JSONField("读取问题", default=list)

    class Meta:
        verbose_name = "文件"

    def __str__(self) -> str:
        return self.name


class Filing(models.Model):
    """One form of one project for one year at one stage of its life, on its way."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="filings")
    agency_path = models.CharField(max_length=120)
    #: The path of the department, for whom lists are walked in their order as for the county.
    branch = models.GeneratedField(
        expression=Substr("agency_path", 1, 2 * STEP),
        output_field=models.CharField(max_length=2 * STEP),
        db_persist=True,
    )
    project_key = models.UUIDField("项目标识", default=uuid.uuid4)
    project_name = models.CharField("项目名称", max_length=300)
    project_code = models.CharField("项目编码", max_length=40, blank=True)
    category = models.CharField("项目类别", max_length=40, blank=True, default="")
    budget_year = models.IntegerField("预算年度")
    stage = models.CharField("环节", max_length=40)
    state = models.CharField("状态", max_length=40)
    round = models.CharField("轮次", max_length=20, blank=True)
    layout = models.CharField("版式", max_length=80)
    profile = models.CharField("口径", max_length=80, blank=True)
    total = models.DecimalField("年度资金总额（元）", max_digits=18, decimal_places=2, null=True)
    indicator_count = models.IntegerField("指标数", default=0)
    errors = models.IntegerField("错误", default=0)
    warnings = models.IntegerField("警告", default=0)
    grade = models.CharField("审核等级", max_length=4, blank=True)
    is_key = models.BooleanField("重点项目", default=False)
    due_on = models.DateField("应办结日期", null=True)
    number = models.IntegerField("当前版本", default=0)
    approved_number = models.IntegerField("批复版本", null=True)
    lock_version = models.IntegerField(default=0)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="filings")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField("更新时间")
    submitted_at = models.DateTimeField("提交时间", null=True)
    words = models.TextField(default="")

    class Meta:
        verbose_name = "申报"
        constraints = (
            models.UniqueConstraint(
                fields=("project_key", "budget_year", "stage"),
                condition=~Q(state__in=CLOSED_STATES),
                name="one_open_filing_a_year",
            ),
        )
        indexes = (
            models.Index(fields=("state", "agency_path"), name="filings_inbox"),
            models.Index(fields=("budget_year", "-updated_at"), name="filings_year"),
            # One for each column the list is sorted by: a page of it is a walk, never a sort.
            models.Index(fields=("-updated_at", "-id"), name="filings_by_update"),
            models.Index(fields=("state", "-updated_at", "-id"), name="filings_by_state"),
            models.Index(fields=("state", "id"), name="filings_by_state_id"),
            models.Index(fields=("state", "due_on", "id"), name="filings_by_state_due"),
            models.Index(fields=("project_name", "id"), name="filings_by_name"),
            models.Index(fields=("agency_path", "id"), name="filings_by_agency"),
            models.Index(fields=("-total", "-id"), name="filings_by_total"),
            models.Index(fields=("-indicator_count", "-id"), name="filings_by_rows"),
            models.Index(fields=("-errors", "-id"), name="filings_by_errors"),
            models.Index(fields=("grade", "id"), name="filings_by_grade"),
            # The board counts what is overdue from this one alone.
            models.Index(
                fields=("due_on", "id", "budget_year", "agency_path"), name="filings_by_due"
            ),
            # A department's list; in another order it is picked from the index alone.
            models.Index(
                fields=(
                    *("branch", "-updated_at", "-id", "state", "number", "budget_year", "total"),
                    *("due_on", "errors", "indicator_count", "grade", "agency_path"),
                    "project_name",
                ),
                name="filings_by_branch",
            ),
        )

    def __str__(self) -> str:
        return f"{self.budget_year} {self.project_name}"


class Revision(models.Model):
    """One saved state of a filing.

    `status` is draft, submitted or approved: a draft is overwritten by autosave, the others are
    never written again.
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="revisions")
    number = models.IntegerField("版本号")
    status = models.CharField(max_length=20, default="draft")
    form = models.TextField()
    content_hash = models.CharField(max_length=64)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="revisions")
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True)

    class Meta:
        verbose_name = "版本"
        constraints = (
            models.UniqueConstraint(fields=("filing", "number"), name="one_revision_a_number"),
        )
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.filing_id} v{self.number}"


class AuditRun(models.Model):
    """What the engine said of one content under one profile; can be made again and compared."""

    content_hash = models.CharField(max_length=64)
    profile = models.CharField(max_length=80)
    engine_version = models.CharField(max_length=40)
    findings = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "校核"
        constraints = (
            models.UniqueConstraint(
                fields=("content_hash", "profile", "engine_version"), name="one_audit_a_content"
            ),
        )

    def __str__(self) -> str:
        return f"{self.content_hash[:12]} {self.profile}"


class Suppression(models.Model):
    """A finding accepted by somebody, with the reason and an end."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="suppressions")
    code = models.CharField("规则", max_length=20)
    path = models.CharField(max_length=200, blank=True)
    reason = models.TextField("理由")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="suppressions")
    created_at = models.DateTimeField(auto_now_add=True)
    until = models.DateField("有效期至")

    class Meta:
        verbose_name = "豁免"

    def __str__(self) -> str:
        return f"{self.code} {self.path}"
