"""The tables of submissions."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=80)),
                ("state", models.CharField(max_length=3)),
                ("place", models.CharField(blank=True, max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("lang", models.CharField(max_length=5)),
                ("due", models.DateField(null=True)),
                ("due_source", models.CharField(blank=True, max_length=300)),
                ("sections", models.JSONField(default=list)),
                ("revision", models.IntegerField(default=1)),
                ("by", models.CharField(max_length=200)),
                ("changed", models.DateTimeField()),
                ("signed", models.IntegerField(default=0)),
                ("signed_by", models.CharField(blank=True, max_length=200)),
                ("signed_at", models.DateTimeField(null=True)),
                ("late", models.TextField(blank=True)),
                ("coauthors", models.ManyToManyField(related_name="shared_drafts", to="people.organisation")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="people.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("address", models.CharField(blank=True, max_length=1000)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("name", models.CharField(blank=True, max_length=160)),
                ("kind", models.CharField(blank=True, max_length=120)),
                ("size", models.BigIntegerField(default=0)),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("withdrawn", models.DateTimeField(null=True)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="drafts.draft"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DraftVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.IntegerField()),
                ("title", models.CharField(max_length=200)),
                ("sections", models.JSONField()),
                ("words", models.IntegerField()),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="drafts.draft"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("draft", "version"), name="one_draft_a_version")],
            },
        ),
    ]
