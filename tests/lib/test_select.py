import pytest
from django import forms
from django.test.html import parse_html

from lib.select import LongSelect

CHOICES = [("", "Tất cả"), ("STC", "Sở Tài chính"), ("X<Y", "“A” & <B>")]


class Form(forms.Form):
    asked = forms.ChoiceField(choices=CHOICES, widget=forms.Select(attrs={"class": "wide"}))


class LongForm(forms.Form):
    asked = forms.ChoiceField(choices=CHOICES, widget=LongSelect(attrs={"class": "wide"}))


@pytest.mark.parametrize("given", [{}, {"asked": "X<Y"}, {"asked": "unknown"}])
def test_a_long_choice_says_what_any_other_says(given):
    assert parse_html(str(LongForm(given)["asked"])) == parse_html(str(Form(given)["asked"]))
