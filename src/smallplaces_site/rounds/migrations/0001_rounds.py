"""The tables of input rounds."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(db_index=True, max_length=60)),
                ("opened", models.DateTimeField(null=True)),
                ("opened_by", models.CharField(blank=True, max_length=200)),
                ("reminded", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answers", models.JSONField(default=dict)),
                ("revision", models.IntegerField(default=1)),
                ("by", models.CharField(max_length=200)),
                ("changed", models.DateTimeField()),
                (
                    "invitation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reply", to="rounds.invitation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=3)),
                ("step", models.CharField(blank=True, max_length=80)),
                ("title", models.CharField(max_length=200)),
                ("introduction", models.TextField(blank=True)),
                ("lang", models.CharField(max_length=5)),
                ("about", models.JSONField(default=list)),
                ("due", models.DateField()),
                ("by", models.CharField(max_length=200)),
                ("changed", models.DateTimeField()),
                ("sent", models.DateTimeField(null=True)),
                ("closed", models.DateTimeField(null=True)),
                ("shared", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="people.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("due", models.DateField(null=True)),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="rounds.round"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="invitation",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="rounds.round"
            ),
        ),
        migrations.CreateModel(
            name="HandedIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.IntegerField()),
                ("answers", models.JSONField()),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handed", to="rounds.invitation"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("invitation", "version"), name="one_answer_a_version")],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("number", "Number"),
                            ("yes-no", "Yes No"),
                            ("choice", "Choice"),
                            ("file", "File"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                ("help", models.TextField(blank=True)),
                ("unit", models.CharField(blank=True, max_length=60)),
                ("choices", models.JSONField(default=list)),
                ("added", models.BooleanField(default=False)),
                ("required", models.BooleanField(default=False)),
                ("link", models.CharField(blank=True, max_length=255)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="rounds.round"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("round", "number"), name="one_question_a_number")],
            },
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(fields=("round", "place"), name="one_invitation_a_place"),
        ),
    ]
