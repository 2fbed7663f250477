"""The forms of one's own account. Whether a password is right or good is not theirs to say."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo

from app.errors import N_
from app.web.forms import BaseForm


class SignInForm(BaseForm):
    """Who, with which password, on whose phone; and where the person was going, with what was typed there."""

    login = StringField()
    password = PasswordField()
    shared = BooleanField()
    next = HiddenField()
    held = HiddenField()


class PasswordForm(BaseForm):
    """A new password, typed twice. `old` is asked only where the person chose it."""

    old = PasswordField()
    new = PasswordField()
    again = PasswordField(
        validators=[EqualTo("new", message=N_("Kedua kata sandi baru tidak sama. Ketik lagi keduanya.").msgid)]
    )
    next = HiddenField()
    held = HiddenField()
