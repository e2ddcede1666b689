from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0010_hours_confirmed'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='certificate',
            options={'ordering': ['-issued_at', '-id'], 'verbose_name': 'certificate or proof', 'verbose_name_plural': 'certificates and proofs'},
        ),
        migrations.AddField(
            model_name='certificate',
            name='kind',
            field=models.CharField(choices=[('learning', 'certificate of learning'), ('service', 'proof of hours as a volunteer')], default='learning', max_length=8, verbose_name='what it is about'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='certificate',
            name='public_until',
            field=models.DateField(blank=True, null=True, verbose_name='on the public list until'),
        ),
        migrations.AlterField(
            model_name='certificate',
            name='occasions',
            field=models.PositiveIntegerField(verbose_name='number of times'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'learning'), ('number__startswith', 'DDX-')), models.Q(('kind', 'service'), ('number__startswith', 'DDF-')), _connector='OR'), name='certificate_number_tells_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'learning'), ('public_until', None)), models.Q(('kind', 'service'), ('public_until__gte', models.Func(models.F('issued_at'), output_field=models.DateField(), template="(timezone('Asia/Shanghai', %(expressions)s)::date + 7)")), ('public_until__isnull', False)), _connector='OR'), name='a_proof_of_service_is_public_first'),
        ),
    ]
