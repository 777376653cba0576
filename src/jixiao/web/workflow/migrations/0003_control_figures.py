"""Control figures, and what each pass came to; of filings already handed in, as they stand."""

from itertools import islice
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def note_rounds(apps: Any, _editor: Any) -> None:
    filings, totals = (
        apps.get_model("filings", "Filing"),
        apps.get_model("workflow", "RoundTotal"),
    )
    # A form that came back may have been changed since: what it had come to is not known.
    sent = filings.objects.filter(submitted_at__isnull=False).exclude(state="draft")
    columns = ("pk", "agency_path", "budget_year", "round", "total")
    rows = sent.order_by("pk").values_list(*columns).iterator(chunk_size=2000)
    made = (
        totals(filing_id=pk, agency_path=path, budget_year=year, round=name, total=total)
        for pk, path, year, name, total in rows
    )
    while batch := list(islice(made, 2000)):
        totals.objects.bulk_create(batch, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_workplace"),
        ("filings", "0009_finding_sums"),
        ("workflow", "0002_idempotency_and_webhooks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ControlIssue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("budget_year", models.IntegerField(verbose_name="预算年度")),
                ("number", models.CharField(max_length=60, verbose_name="文号")),
                ("issued_on", models.DateField(verbose_name="下达日期")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("by_name", models.CharField(max_length=60)),
                ("at", models.DateTimeField(verbose_name="办理时间")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="control_issues",
                        to="agencies.agency",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="control_issues",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "控制数下达",
            },
        ),
        migrations.CreateModel(
            name="ControlFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agency_path", models.CharField(max_length=120)),
                ("budget_year", models.IntegerField(verbose_name="预算年度")),
                ("project", models.CharField(blank=True, max_length=36, verbose_name="项目标识")),
                (
                    "project_name",
                    models.CharField(blank=True, max_length=300, verbose_name="项目名称"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=18, null=True, verbose_name="控制数（元）"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("is_current", models.BooleanField(default=False)),
                ("lock_version", models.IntegerField(default=1)),
                ("by_name", models.CharField(max_length=60)),
                ("at", models.DateTimeField(verbose_name="填写时间")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="control_figures",
                        to="agencies.agency",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="control_figures",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="workflow.controlissue",
                    ),
                ),
            ],
            options={
                "verbose_name": "控制数",
            },
        ),
        migrations.CreateModel(
            name="RoundTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agency_path", models.CharField(max_length=120)),
                ("budget_year", models.IntegerField(verbose_name="预算年度")),
                ("round", models.CharField(blank=True, max_length=20, verbose_name="轮次")),
                (
                    "total",
                    models.DecimalField(
                        decimal_places=2, max_digits=18, null=True, verbose_name="金额（元）"
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="round_totals",
                        to="filings.filing",
                    ),
                ),
            ],
            options={
                "verbose_name": "各轮申报数",
            },
        ),
        migrations.AddConstraint(
            model_name="controlissue",
            constraint=models.UniqueConstraint(
                fields=("agency", "budget_year", "number"), name="one_issue_a_number"
            ),
        ),
        migrations.AddIndex(
            model_name="controlfigure",
            index=models.Index(fields=["budget_year", "agency_path"], name="control_figures_year"),
        ),
        migrations.AddConstraint(
            model_name="controlfigure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("issue", None)),
                fields=("agency", "budget_year", "project"),
                name="one_draft_a_figure",
            ),
        ),
        migrations.AddConstraint(
            model_name="controlfigure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("agency", "budget_year", "project"),
                name="one_figure_that_counts",
            ),
        ),
        migrations.AddIndex(
            model_name="roundtotal",
            index=models.Index(
                fields=["budget_year", "round", "agency_path", "total"], name="round_totals_sum"
            ),
        ),
        migrations.AddConstraint(
            model_name="roundtotal",
            constraint=models.UniqueConstraint(
                fields=("filing", "round"), name="one_total_a_round"
            ),
        ),
        migrations.RunPython(note_rounds, migrations.RunPython.noop),
    ]
