"""Sums of every place of the tree, and how many filings of a sum state a total."""

from collections import defaultdict
from typing import Any

from django.db import migrations, models

_GROUPS = ("budget_year", "state", "is_handed_in", "round", "category")
_SUMS = ("filings", "with_errors", "total", "indicators", "errors", "warnings", "priced")
_STEP = 5


def count(apps: Any, _editor: Any) -> None:
    tally, subtotal = apps.get_model("filings", "Tally"), apps.get_model("filings", "Subtotal")
    filing = apps.get_model("filings", "Filing")
    _count_priced(filing, tally)
    known: dict[tuple[Any, ...], list[Any]] = defaultdict(lambda: [0] * len(_SUMS))
    for path, *row in tally.objects.values_list("agency_path", *_GROUPS, *_SUMS).iterator():
        group, amounts = row[: len(_GROUPS)], row[len(_GROUPS) :]
        for end in range(_STEP, len(path) + 1, _STEP):
            sums = known[(path[:end], *group)]
            for at, amount in enumerate(amounts):
                sums[at] += amount or 0
    subtotal.objects.bulk_create(
        (
            subtotal(
                is_change=False,
                place_path=place,
                **dict(zip(_GROUPS, group)),
                **dict(zip(_SUMS, sums)),
            )
            for (place, *group), sums in known.items()
        ),
        batch_size=500,
    )


def _count_priced(filing: Any, tally: Any) -> None:
    """A draft that was never handed in is the first version of its filing."""
    groups = ("agency", "budget_year", "state", "round", "category")
    is_new = models.Q(state="draft", number=1)
    for handed_in, found in (
        (True, filing.objects.exclude(is_new)),
        (False, filing.objects.filter(is_new)),
    ):
        stated = found.filter(total__isnull=False).order_by().values(*groups)
        for row in stated.annotate(count=models.Count("pk")).iterator():
            number = row.pop("count")
            tally.objects.filter(is_handed_in=handed_in, **row).update(priced=number)


class Migration(migrations.Migration):
    dependencies = [("filings", "0005_inbox_index")]
    operations = [
        migrations.AddField(
            model_name="tally",
            name="priced",
            field=models.IntegerField(default=0, verbose_name="有金额的张数"),
        ),
        migrations.CreateModel(
            name="Subtotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place_path", models.CharField(max_length=120)),
                ("is_change", models.BooleanField()),
                ("budget_year", models.IntegerField(verbose_name="预算年度")),
                ("state", models.CharField(max_length=40, verbose_name="状态")),
                ("is_handed_in", models.BooleanField()),
                ("round", models.CharField(blank=True, max_length=20, verbose_name="轮次")),
                ("category", models.CharField(blank=True, max_length=40, verbose_name="项目类别")),
                ("filings", models.IntegerField(verbose_name="张数")),
                ("with_errors", models.IntegerField(verbose_name="有错误的张数")),
                (
                    "total",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=20, verbose_name="金额（元）"
                    ),
                ),
                ("indicators", models.IntegerField(verbose_name="指标数")),
                ("errors", models.IntegerField(verbose_name="错误")),
                ("warnings", models.IntegerField(verbose_name="警告")),
                ("priced", models.IntegerField(verbose_name="有金额的张数")),
            ],
            options={
                "verbose_name": "逐级合计",
                "indexes": [
                    models.Index(
                        fields=["place_path", "budget_year", "state"], name="subtotals_place"
                    ),
                    models.Index(
                        fields=["id"],
                        condition=models.Q(("is_change", True)),
                        name="subtotals_changes",
                    ),
                ],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
