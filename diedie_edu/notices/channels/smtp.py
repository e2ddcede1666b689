"""Django's backend for e-mail over connections that end in time."""

import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

from diedie_edu.common import outside


class EmailBackend(smtp.EmailBackend):
    """EMAIL_TIMEOUT is for all of what is sent at once, connecting included."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return outside.SmtpOverTls if self.use_ssl else outside.Smtp

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with outside.within(settings.EMAIL_TIMEOUT):
            return super().send_messages(email_messages)
