"""Indexes from which the board and a department's lists are read without looking at rows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("filings", "0007_branch")]
    operations = [
        migrations.RemoveIndex(model_name="filing", name="filings_by_due"),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(
                fields=["due_on", "id", "budget_year", "agency_path"], name="filings_by_due"
            ),
        ),
        migrations.RemoveIndex(model_name="filing", name="filings_by_branch"),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(
                fields=[
                    "branch",
                    "-updated_at",
                    "-id",
                    "state",
                    "number",
                    "budget_year",
                    "total",
                    "due_on",
                    "errors",
                    "indicator_count",
                    "grade",
                    "agency_path",
                    "project_name",
                ],
                name="filings_by_branch",
            ),
        ),
        migrations.RemoveIndex(model_name="findingcount", name="finding_counts_board"),
        migrations.AddIndex(
            model_name="findingcount",
            index=models.Index(
                fields=["budget_year", "agency_path", "code", "severity", "count", "filing"],
                name="finding_counts_board",
            ),
        ),
    ]
