"""The log says when threads and claims were found anew, and when people decided."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corpus", "0002_citations")]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="what",
            field=models.CharField(
                choices=[
                    ("edition", "Edition"),
                    ("work", "Work"),
                    ("merged", "Merged"),
                    ("removed", "Removed"),
                    ("status", "Status"),
                    ("places", "Places"),
                    ("cites", "Cites"),
                    ("threads", "Threads"),
                    ("claims", "Claims"),
                    ("decided", "Decided"),
                ],
                max_length=10,
            ),
        )
    ]
