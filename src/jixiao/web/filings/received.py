"""What comes in and what works in the background: batches, the forms read from files, jobs.

A batch is one act of handing in, of one file or of a department's folder; each of its files has
an outcome of its own. The forms read from a document wait here until a person confirms them. A
job's row is the truth about background work; the queue only says that there is something to do.
"""

from django.db import models

from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency


class Batch(models.Model):
    """Files handed in together."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="batches")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="batches")
    created_at = models.DateTimeField("上传时间")
    budget_year = models.IntegerField("预算年度", null=True)
    name = models.CharField("名称", max_length=255)

    class Meta:
        verbose_name = "导入"

    def __str__(self) -> str:
        return self.name


class ReceivedFile(models.Model):
    """One file of a batch and what became of it.

    `status` is waiting, reading, read, partial, empty (no form in it), failed, repeated (the
    same bytes are here already) or unpacked (an archive whose files stand behind it).
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="files")
    position = models.IntegerField()
    name = models.CharField("文件名", max_length=500)
    size = models.BigIntegerField("字节数", default=0)
    document = models.ForeignKey(
        "filings.Document", on_delete=models.PROTECT, null=True, related_name="received"
    )
    status = models.CharField("结果", max_length=20, default="waiting")
    problems = models.JSONField("问题", default=list)
    form_count = models.IntegerField("表数", default=0)
    attempts = models.IntegerField(default=0)

    class Meta:
        verbose_name = "导入的文件"
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("batch", "position"), name="one_file_a_position"),
        )

    def __str__(self) -> str:
        return self.name


class ReadForm(models.Model):
    """One form found in a document, as it was read and as it stands after corrections.

    `settled` are the paths of doubtful cells a person has looked at. `outcome` is "" while open,
    then drafted (a filing was begun) or linked (the project has a filing already).
    """

    document = models.ForeignKey(
        "filings.Document", on_delete=models.PROTECT, related_name="read_forms"
    )
    number = models.IntegerField("序号")
    name = models.CharField("项目名称", max_length=300)
    budget_year = models.IntegerField("预算年度", null=True)
    unit = models.CharField("单位", max_length=200, blank=True)
    total = models.DecimalField("资金总额（元）", max_digits=18, decimal_places=2, null=True)
    indicator_count = models.IntegerField("指标数", default=0)
    doubtful = models.IntegerField("待核对", default=0)
    original = models.TextField()
    form = models.TextField()
    settled = models.JSONField(default=list)
    outcome = models.CharField(max_length=20, blank=True)
    filing = models.ForeignKey(
        "filings.Filing", on_delete=models.PROTECT, null=True, related_name="read_forms"
    )

    class Meta:
        verbose_name = "读出的表"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("document", "number"), name="one_read_form_a_number"),
        )

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """A piece of background work. The same `key` is the same work and is done once.

    `state` is waiting, running, done or failed; `claim` names the worker that has it, and who
    has lost the claim writes nothing more.
    """

    kind = models.CharField("种类", max_length=40)
    key = models.CharField(max_length=200, unique=True)
    title = models.CharField("内容", max_length=300)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="jobs")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="jobs")
    created_at = models.DateTimeField("提交时间")
    parameters = models.JSONField(default=dict)
    state = models.CharField("状态", max_length=20, default="waiting")
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    words = models.CharField("进度", max_length=300, blank=True)
    reason = models.TextField("原因", blank=True)
    attempts = models.IntegerField(default=0)
    claim = models.CharField(max_length=40, blank=True)
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField("完成时间", null=True)
    result = models.FileField(upload_to="exports/", blank=True)
    result_name = models.CharField(max_length=255, blank=True)

    class Meta:
        verbose_name = "后台任务"
        indexes = (
            models.Index(fields=("state", "beat_at"), name="jobs_to_revive"),
            models.Index(fields=("created_by", "-created_at"), name="jobs_of_person"),
        )

    def __str__(self) -> str:
        return self.title
