"""Whose record is whose: the account with which an official signs in, and what is said of them."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from directory.models.fields import uuid_key
from directory.models.people import Person


class RecordOwner(models.Model):
    """
    An account is the official of one record, and no record has two.

    linked_by: the curator who linked them; None where the address alone said so, or an operator.
    """

    id = uuid_key()
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="own_record")
    person = models.OneToOneField(Person, models.CASCADE, related_name="owner")
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    linked_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "record owner"

    def __str__(self) -> str:
        return f"{self.user_id} is {self.person_id}"
