from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaign", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="checklistmark",
            name="reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="lý do"),
        ),
    ]
