"""Tallies of activities that the database keeps true itself, counted now for what is there."""

import django.db.models.deletion
from django.db import migrations, models

from campaign import tallied


def keep(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in (*tallied.statements(vendor), *tallied.rebuilt()):
        schema_editor.execute(statement)


def let_go(apps, schema_editor):
    for statement in tallied.removal(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def counted_for(to):
    return models.ForeignKey(
        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE,
        related_name='+', to=to,
    )


COUNTS = [
    ('registered', models.PositiveIntegerField(verbose_name='đã đăng ký')),
    ('planned', models.PositiveIntegerField(verbose_name='chưa thực hiện')),
    ('running', models.PositiveIntegerField(verbose_name='đang thực hiện')),
    ('done', models.PositiveIntegerField(verbose_name='đã hoàn thành')),
    ('postponed', models.PositiveIntegerField(verbose_name='tạm hoãn')),
    ('cancelled', models.PositiveIntegerField(verbose_name='đã hủy')),
]


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0003_readings_and_steps'),
        ('units', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnitTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('campaign', counted_for('campaign.campaign')),
                ('unit', counted_for('units.unit')),
                *COUNTS,
                ('folded', models.PositiveIntegerField(verbose_name='gộp vào hoạt động khác')),
            ],
            options={
                'verbose_name': 'số hoạt động của đơn vị',
                'verbose_name_plural': 'số hoạt động của đơn vị',
                'constraints': [models.UniqueConstraint(fields=('campaign', 'unit'), name='one_tally_per_unit')],
            },
        ),
        migrations.CreateModel(
            name='ItemTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('campaign', counted_for('campaign.campaign')),
                ('unit', counted_for('units.unit')),
                ('item', counted_for('campaign.planitem')),
                *COUNTS,
            ],
            options={
                'verbose_name': 'số hoạt động theo mục',
                'verbose_name_plural': 'số hoạt động theo mục',
                'constraints': [models.UniqueConstraint(fields=('item', 'unit'), name='one_tally_per_item_and_unit')],
                'indexes': [models.Index(fields=['unit', 'campaign'], name='campaign_it_unit_id_cf3100_idx')],
            },
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('same_as', None), ('status__in', ['planned', 'running'])), fields=['campaign', 'ends_on', 'lead_unit'], name='activity_still_to_be_done'),
        ),
        migrations.RunPython(keep, let_go),
    ]
