#!/bin/sh
# A lookup registered on Field is known to every field but to foreign keys, found while composing
# queries.
#
# Version: Django 5.2.19, SQLite.
# - models.Field.register_lookup(X) serves IntegerField, CharField and primary keys; a ForeignKey
#   answers FieldError, although it is a Field: ForeignObject looks for lookups no higher than itself.
# - Its column may be asked all the same: through the key of the row it points to (owner__id__x).
# Way out: register on models.ForeignKey, too.
# Seen: the lines of EXPECTED below. Ends with 1 and shows the difference if this changes.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
cat > EXPECTED <<'TEXT'
ForeignKey is a Field: True
CharField: 1 row
owner__id: 1 row
owner: Unsupported lookup 'same' for ForeignKey or join on the field not permitted.
owner, registered on ForeignKey: 1 row
TEXT
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check django==5.2.19
cat > find.py <<'PY'
import django
from django.conf import settings

settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
django.setup()
from django.core.exceptions import FieldError
from django.db import connection, models

class Owner(models.Model):
    name = models.CharField(max_length=9)
    class Meta:
        app_label = "trial"

class Thing(models.Model):
    owner = models.ForeignKey(Owner, models.CASCADE)
    class Meta:
        app_label = "trial"

class Same(models.Lookup):
    lookup_name = "same"
    def as_sql(self, compiler, connection):
        left, of_left = self.process_lhs(compiler, connection)
        right, of_right = self.process_rhs(compiler, connection)
        return f"{left} = {right}", (*of_left, *of_right)

with connection.schema_editor() as editor:
    editor.create_model(Owner)
    editor.create_model(Thing)
owner = Owner.objects.create(name="one")
Thing.objects.create(owner=owner)
models.Field.register_lookup(Same)

def rows(model, **asked):
    try:
        return f"{model.objects.filter(**asked).count()} row"
    except FieldError as error:
        return error

print("ForeignKey is a Field:", issubclass(models.ForeignKey, models.Field))
print("CharField:", rows(Owner, name__same="one"))
print("owner__id:", rows(Thing, owner__id__same=owner.pk))
print("owner:", rows(Thing, owner__same=owner.pk))
models.ForeignKey.register_lookup(Same)
print("owner, registered on ForeignKey:", rows(Thing, owner__same=owner.pk))
PY
venv/bin/python find.py > seen
diff EXPECTED seen && echo "as expected"
