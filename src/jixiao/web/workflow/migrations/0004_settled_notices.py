"""A notice says whether its reader could act on it, and which colleague did."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0003_control_figures")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="awaits",
            field=models.BooleanField(default=False, verbose_name="等待办理"),
        ),
        migrations.AddField(
            model_name="notice",
            name="settled",
            field=models.CharField(blank=True, max_length=100, verbose_name="办理情况"),
        ),
    ]
