"""How often rules speak in the filings of each agency, counted in advance."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def count(apps: Any, _editor: Any) -> None:
    counted, sums = (
        apps.get_model("filings", "FindingCount"),
        apps.get_model("filings", "FindingSum"),
    )
    new = models.When(filing__state="draft", filing__number=1, then=models.Value(False))
    found = counted.objects.order_by().annotate(
        handed_in=models.Case(new, default=models.Value(True))
    )
    kind = ("filing__agency", "agency_path", "budget_year", "handed_in")
    columns = ("agency_id", "agency_path", "budget_year", "is_handed_in", "code", "severity")
    told = found.values_list(*kind, "code", "severity")
    rows = list(told.annotate(filings_=models.Count("pk"), count_=models.Sum("count")))
    any_of = found.values_list(*kind).annotate(filings_=models.Count("filing", distinct=True))
    rows += [(*row[:-1], "", "", row[-1], 0) for row in any_of]
    sums.objects.bulk_create(
        (sums(**dict(zip((*columns, "filings", "count"), row))) for row in rows), batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_workplace"), ("filings", "0008_read_from_indexes")]
    operations = [
        migrations.CreateModel(
            name="FindingSum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agency_path", models.CharField(max_length=120)),
                ("budget_year", models.IntegerField()),
                ("is_handed_in", models.BooleanField()),
                ("code", models.CharField(blank=True, max_length=20, verbose_name="规则")),
                ("severity", models.CharField(blank=True, max_length=20, verbose_name="等级")),
                ("filings", models.IntegerField(verbose_name="张数")),
                ("count", models.IntegerField(verbose_name="条数")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="finding_sums",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "verbose_name": "校核合计",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "budget_year", "is_handed_in", "code", "severity"),
                        name="one_finding_sum",
                    )
                ],
                "indexes": [
                    models.Index(
                        fields=[
                            "budget_year",
                            "agency_path",
                            "is_handed_in",
                            "code",
                            "severity",
                            "filings",
                            "count",
                        ],
                        name="finding_sums_board",
                    )
                ],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
