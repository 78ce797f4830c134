"""Our own website and our posters are outlets from the first day: nothing can be published without one."""

from django.db import migrations

from appeals.references import outlet_reference

OURS = (("website", "Our website"), ("poster", "Posters"))


def make(apps, schema_editor):
    outlets = apps.get_model("appeals", "Outlet")
    for channel, name in OURS:
        if not outlets.objects.filter(channel=channel).exists():
            outlets.objects.create(reference=outlet_reference(), channel=channel, name=name, verifiable=True)


class Migration(migrations.Migration):
    dependencies = [("appeals", "0003_a_word_from_the_person_is_reviewed")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
