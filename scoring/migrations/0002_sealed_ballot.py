"""The vote of a block moves into one sealed box (ADR 0016). No page ever opened a ballot of the
old kind, so there is none to carry over."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scoring', '0001_initial'),
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel(name="BallotVote"),
        migrations.DeleteModel(name="BallotVoter"),
        migrations.DeleteModel(name="Ballot"),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('box_name', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('options', models.JSONField(default=list)),
                ('box', models.TextField(blank=True)),
                ('slips', models.PositiveIntegerField(null=True, verbose_name='số phiếu')),
                ('votes', models.JSONField(null=True, verbose_name='kết quả')),
                ('title', models.CharField(max_length=200, verbose_name='nội dung suy tôn')),
                ('choices', models.PositiveSmallIntegerField(default=1, verbose_name='số đơn vị được chọn tối đa')),
                ('allows_own', models.BooleanField(default=False, verbose_name='được chọn chính đơn vị mình')),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('members', models.PositiveSmallIntegerField(null=True, verbose_name='số đơn vị thành viên')),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='lý do hủy')),
                ('block_year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='scoring.blockyear')),
                ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'bỏ phiếu suy tôn',
                'verbose_name_plural': 'bỏ phiếu suy tôn',
            },
        ),
        migrations.CreateModel(
            name='BallotVoter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='voters', to='scoring.ballot')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('box', ''), models.Q(('slips', None), ('votes', None)), _connector='OR'), name='ballot_is_counted_only_when_empty'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('slips', None), ('votes', None)), models.Q(('slips__isnull', False), ('votes__isnull', False)), _connector='OR'), name='ballot_slips_and_votes_go_together'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__gt', models.F('opened_at')), ('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='ballot_closed_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancel_reason', ''), ('cancelled_at', None), ('cancelled_by', None)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False), ('slips', None), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='ballot_cancelled_when_by_whom_and_why'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('choices__gte', 1)), name='ballot_chooses_someone'),
        ),
        migrations.AddConstraint(
            model_name='ballotvoter',
            constraint=models.UniqueConstraint(fields=('ballot', 'unit'), name='a_unit_votes_once'),
        ),
    ]
