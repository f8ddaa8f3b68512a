"""The tables of practices."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80, unique=True)),
                ("state", models.CharField(max_length=3)),
                ("place", models.CharField(blank=True, db_index=True, max_length=60)),
                ("content", models.JSONField(default=dict)),
                ("revision", models.IntegerField(default=1)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("said", models.TextField(blank=True)),
                ("by", models.CharField(max_length=200)),
                ("changed", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PracticeVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.IntegerField()),
                ("content", models.JSONField()),
                ("by", models.CharField(max_length=200)),
                ("reviewed_by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="practices.submission"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("submission", "version"), name="one_practice_a_version")
                ],
            },
        ),
    ]
