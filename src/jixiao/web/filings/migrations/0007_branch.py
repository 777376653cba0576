"""A column for the department, and the indexes its lists are walked along.

Indexes that others cover go: every one of them is written by every save. SQLite makes the table
anew here, and the triggers of the search index with it.
"""

from importlib import import_module
from typing import Any

from django.db import migrations, models
from django.db.models.functions import Substr


def search_again(apps: Any, editor: Any) -> None:
    import_module("jixiao.web.filings.migrations.0004_search_index").create(apps, editor)


class Migration(migrations.Migration):
    dependencies = [("filings", "0006_subtotals")]
    operations = [
        migrations.RemoveIndex(model_name="filing", name="filings_list"),
        migrations.AlterField(
            model_name="filing", name="agency_path", field=models.CharField(max_length=120)
        ),
        migrations.AddField(
            model_name="filing",
            name="branch",
            field=models.GeneratedField(
                db_persist=True,
                expression=Substr("agency_path", 1, 10),
                output_field=models.CharField(max_length=10),
            ),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(fields=["state", "id"], name="filings_by_state_id"),
        ),
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
                    "project_name",
                ],
                name="filings_by_branch",
            ),
        ),
        migrations.RunPython(search_again, migrations.RunPython.noop),
    ]
