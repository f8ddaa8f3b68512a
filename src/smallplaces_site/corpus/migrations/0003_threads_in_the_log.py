"""The log says when threads were found anew or decided."""

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
                ],
                max_length=10,
            ),
        )
    ]
