"""What people type about themselves."""

from django import forms


class ActingForm(forms.Form):
    """The unit chosen in the top bar; whether it is theirs is asked at each request."""

    unit = forms.IntegerField(min_value=1)
