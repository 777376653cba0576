"""The journey: what happened (append-only, chained), what was said, and by when.

Events are never changed or removed by any service; each carries the hash of the one before it
in its agency's chain, so that a changed or missing one is found (`jixiao_verify_events`).
"""

from django.db import models

from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.controlled import ControlFigure, ControlIssue, RoundTotal

__all__ = [
    "ControlFigure",
    "ControlIssue",
    "Delivery",
    "Event",
    "Holiday",
    "IdempotencyKey",
    "Notice",
    "Opinion",
    "ReviewSheet",
    "RoundTotal",
    "Webhook",
    "Window",
]


class Event(models.Model):
    """One thing somebody did. Actor and agency are kept as they were called at the time."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="events")
    sequence = models.BigIntegerField("序号")
    code = models.CharField("事项", max_length=60)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="events")
    actor_name = models.CharField("操作人", max_length=60)
    role = models.CharField("角色", max_length=40, blank=True)
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, null=True, related_name="events")
    payload = models.TextField()
    at = models.DateTimeField("时间")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "事件"
        constraints = (
            models.UniqueConstraint(fields=("agency", "sequence"), name="one_event_a_place"),
        )
        indexes = (models.Index(fields=("filing", "sequence"), name="events_of_filing"),)

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.sequence} {self.code}"


class Opinion(models.Model):
    """What somebody said at a step: words for all, and reasons at fields of the form."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="opinions")
    revision_number = models.IntegerField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="opinions")
    author_name = models.CharField(max_length=60)
    role = models.CharField(max_length=40)
    action = models.CharField(max_length=40)
    text = models.TextField("意见", blank=True)
    #: Field path → reason.
    reasons = models.JSONField("各栏理由", default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "意见"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.author_name} {self.action}"


class ReviewSheet(models.Model):
    """The official review sheet of one step, kept like a form: pre-filled, decided by a person."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="review_sheets")
    state = models.CharField(max_length=40)
    revision_number = models.IntegerField()
    form = models.TextField()
    grade = models.CharField(max_length=4, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="review_sheets")
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = "审核表"
        constraints = (
            models.UniqueConstraint(
                fields=("filing", "state", "revision_number"), name="one_sheet_a_step"
            ),
        )

    def __str__(self) -> str:
        return f"{self.filing_id} {self.state}"


class Window(models.Model):
    """When a stage is open for a year: from a day to a day, for a subtree."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="windows")
    budget_year = models.IntegerField("预算年度")
    stage = models.CharField("环节", max_length=40)
    round = models.CharField("轮次", max_length=20)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    layout = models.CharField("版式", max_length=80)
    profile = models.CharField("口径", max_length=80, blank=True)

    class Meta:
        verbose_name = "申报窗口"
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "budget_year", "stage", "round"), name="one_window_a_round"
            ),
        )

    def __str__(self) -> str:
        return f"{self.budget_year} {self.round}"


class Holiday(models.Model):
    """A day that is not as its weekday says: a holiday, or a Saturday worked."""

    day = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("调休上班", default=False)
    name = models.CharField("名称", max_length=40)

    class Meta:
        verbose_name = "节假日"

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Notice(models.Model):
    """A line in somebody's box: a return, a reminder, an approval."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, null=True, related_name="notices")
    text = models.CharField("内容", max_length=300)
    #: Whether its reader could act on it; a colleague who acts settles it, and is named.
    awaits = models.BooleanField("等待办理", default=False)
    settled = models.CharField("办理情况", max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "通知"
        indexes = (models.Index(fields=("user", "read_at"), name="notices_unread"),)

    def __str__(self) -> str:
        return self.text


class IdempotencyKey(models.Model):
    """The answer a program got to a request with this key, given again when it asks again.

    `status` is null while the first request is still being worked on.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="idempotency_keys")
    key = models.CharField(max_length=120)
    body_hash = models.CharField(max_length=64)
    status = models.IntegerField(null=True)
    content_type = models.CharField(max_length=120, blank=True)
    content = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "幂等键"
        constraints = (models.UniqueConstraint(fields=("user", "key"), name="one_answer_a_key"),)

    def __str__(self) -> str:
        return self.key


class Webhook(models.Model):
    """An address that is told of every change of state within an agency's subtree.

    The signing secret is derived from `salt` and the secret of the installation, so that a copy
    of the database signs nothing.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="webhooks")
    url = models.CharField("地址", max_length=500)
    salt = models.CharField(max_length=60)
    #: Event codes; empty for all of them.
    events = models.JSONField("事项", default=list)
    is_active = models.BooleanField("启用", default=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="webhooks")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "推送地址"

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One event on its way to one address; written together with the event.

    `status` is waiting, delivered or failed; waiting ones are tried again at `due_at`.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    body = models.TextField()
    status = models.CharField(max_length=20, default="waiting")
    attempts = models.IntegerField("次数", default=0)
    due_at = models.DateTimeField()
    answered = models.IntegerField("应答状态", null=True)
    trouble = models.CharField("原因", max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "推送"
        indexes = (models.Index(fields=("status", "due_at"), name="deliveries_due"),)

    def __str__(self) -> str:
        return f"{self.webhook_id} {self.event_id} {self.status}"
