from django.urls import path

from awards.views import certificate, decision, proposal, published

FOLDER = "khen-thuong/quyet-dinh"
LETTER = f"{FOLDER}/to-trinh/<int:pk>"
ONE = f"{FOLDER}/<int:pk>"
LAYOUT = f"{FOLDER}/mau-bang/<int:form_pk>"

letters = [
    path(f"{FOLDER}/", proposal.decisions_page, name="decisions"),
    path(f"{FOLDER}/to-trinh/moi/", proposal.new, name="proposal-new"),
    path(f"{LETTER}/", proposal.proposal, name="proposal"),
    path(f"{LETTER}/dua-ra/<int:nomination_pk>/", proposal.take_out, name="proposal-take-out"),
    path(f"{LETTER}/du-thao/", proposal.draft, name="decision-draft"),
    path(f"{LETTER}/to-trinh.<str:kind>", proposal.proposal_file, name="proposal-file"),
    path(f"{LETTER}/ho-so.zip", proposal.whole, name="proposal-whole"),
]

decisions = [
    path(f"{ONE}/", decision.decision, name="decision"),
    path(f"{ONE}/ky/", decision.sign, name="decision-sign"),
    path(f"{ONE}/cong-bo/", decision.publish, name="decision-publish"),
    path(f"{ONE}/trao-tang/", decision.hand_over, name="decision-hand-over"),
    path(f"{ONE}/quyet-dinh.<str:kind>", decision.decision_file, name="decision-file"),
    path(f"{ONE}/ban-ky/", decision.signed_copy, name="decision-copy"),
    path(f"{FOLDER}/duoc-khen/<int:pk>/huy-bo/", decision.revoke, name="grant-revoke"),
]

certificates = [
    path(f"{ONE}/bang/", certificate.certificates, name="certificates"),
    path(f"{ONE}/bang/<int:form_pk>.pdf", certificate.batch, name="certificate-batch"),
    path(f"{LAYOUT}/", certificate.layout, name="certificate-layout"),
    path(f"{LAYOUT}/in-thu.pdf", certificate.test_page, name="certificate-test"),
]

public = [
    path("cong-bo-khen-thuong/", published.published, name="published"),
    path("cong-bo-khen-thuong/<int:pk>/", published.one, name="published-decision"),
]

urlpatterns = [*letters, *decisions, *certificates, *public]
