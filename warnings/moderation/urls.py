"""URLs of moderation."""

from django.urls import path

from moderation.views import announcements as announcement_views
from moderation.views import (
    bulk,
    cases,
    decisions,
    flags,
    images,
    legal_threats,
    proposed_tools,
    reasons,
    referrals,
    staff,
    transparency,
)
from moderation.views import limits as limit_views
from moderation.views.legal_notices import notice, notice_status
from moderation.views.statements import no_statement, prove, state, statement

urlpatterns = [
    path("moderation/", cases.queue, name="queue"),
    path("moderation/next/", cases.claim_next_case, name="next_case"),
    path("moderation/open/<slug:kind>/<str:key>/", cases.open_about, name="open_case"),
    path("moderation/bulk/", bulk.decide, name="bulk"),
    path("moderation/bulk/<uuid:batch>/", bulk.show, name="decided_together"),
    path("moderation/views/", cases.save_view, name="save_view"),
    path("moderation/views/<int:pk>/forget/", cases.delete_view, name="forget_view"),
    path("moderation/cases/<uuid:public_id>/", cases.show, name="case"),
    path("moderation/cases/<uuid:public_id>/take/", cases.claim_case, name="take_case"),
    path("moderation/cases/<uuid:public_id>/renew/", cases.renew, name="renew_case"),
    path("moderation/cases/<uuid:public_id>/give-back/", cases.release_case, name="give_back_case"),
    path("moderation/cases/<uuid:public_id>/danger/", referrals.danger, name="danger"),
    path("moderation/pictures/<uuid:public_id>/", images.picture, name="cover_picture"),
    path("moderation/record/", decisions.record, name="record"),
    path("decisions/<uuid:public_id>/", decisions.show, name="decision"),
    path("decisions/<uuid:public_id>/undo/", decisions.undo, name="undo_decision"),
    path("decisions/<uuid:public_id>/throw-away/", decisions.throw_away, name="throw_away"),
    path("track/<str:code>/decisions/<uuid:public_id>/", decisions.appeal_by_code, name="appeal_by_code"),
    path("flag/<slug:kind>/<str:key>/", flags.flag, name="flag"),
    path("moderation/reasons/", reasons.reasons, name="reasons"),
    path("moderation/reasons/<slug:slug>/", reasons.reason, name="reason"),
    path("moderation/limits/", limit_views.limits, name="limits"),
    path("moderation/threats/", legal_threats.threats, name="threats"),
    path("moderation/announcements/", announcement_views.announcements, name="announcements"),
    path("moderation/announcements/<int:pk>/", announcement_views.announcement, name="announcement"),
    path("moderation/proposals/", proposed_tools.proposals, name="proposals"),
    path("moderation/proposals/add/", proposed_tools.add, name="add_tool"),
    path("moderation/proposals/<int:pk>/take-back/", proposed_tools.undo_proposal, name="take_back_proposal"),
    path("moderation/people/", staff.people, name="people"),
    path("moderation/invitations/<int:pk>/", staff.revoke, name="revoke_invitation"),
    path("invitation/<str:token>/", staff.invitation, name="invitation"),
    path("moderation/rule/", flags.show_rule, name="flag_rule"),
    path("flags/<uuid:public_id>/", flags.own_flag, name="own_flag"),
    path("transparency/", transparency.show, name="transparency"),
    path("transparency/figures.csv", transparency.figures_csv, name="figures_csv"),
    path("transparency/decisions.csv", transparency.log_csv, name="log_csv"),
    path("notice/", notice, name="notice"),
    path("notice/<str:code>/", notice_status, name="notice_status"),
    path("tools/<slug:slug>/statement/", state, name="state"),
    path("statements/<uuid:public_id>/", statement, name="statement"),
    path("statements/<uuid:public_id>/drop/", no_statement, name="drop_statement"),
    path("statements/<uuid:public_id>/<str:token>/", prove, name="prove_statement"),
]
