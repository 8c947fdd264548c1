"""Every trait makes rows the database accepts."""

import pytest
from django.db import IntegrityError

from awards.models import Dossier, DuplicateVerdict, Nomination
from tests.factories import awards
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "trait",
    ["awaiting_head", "signed", "block_vote", "submitted", "returned", "complete"],
)
def test_a_dossier_stands_after_each_step(trait):
    dossier = awards.DossierFactory(**{trait: True})

    assert Dossier.objects.get() == dossier


@pytest.mark.parametrize(
    ("trait", "status"),
    [
        ("appraising", "appraising"),
        ("appraised", "appraised"),
        ("consulting", "consulting"),
        ("with_council", "with_council"),
        ("proposed", "proposed"),
        ("granted", "granted"),
    ],
)
def test_a_nomination_stands_after_each_step(trait, status):
    nomination = awards.NominationFactory(**{trait: True})

    assert (nomination.status, nomination.dossier.status) == (status, "complete")
    assert nomination.candidate.unit == nomination.dossier.unit


def test_the_rest_can_be_made():
    awards.AwardFormFactory(flag=True)
    awards.CandidateFactory(collective=True)
    awards.CandidateFactory(household=True)
    awards.AwardGuidelineFactory(issued=True)
    awards.AchievementSourceFactory()
    awards.AwardPaperFactory()
    awards.DecisionFactory(published=True)
    awards.GrantFactory()
    awards.PastAwardFactory()
    awards.MeetingFactory()

    assert Nomination.objects.count() == 2


def test_nobody_is_nominated_twice_for_one_form_in_a_dossier():
    first = awards.NominationFactory()

    with pytest.raises(IntegrityError):
        awards.NominationFactory(dossier=first.dossier, candidate=first.candidate, form=first.form)


def test_a_pair_is_judged_once_the_older_one_second():
    older, newer = awards.NominationFactory(), awards.NominationFactory()

    with pytest.raises(IntegrityError):
        DuplicateVerdict.objects.create(
            nomination=older, other=newer, verdict="different", reason="Khác đơn vị",
            at=awards.SENT_AT, by=UserFactory(),
        )  # fmt: skip
