"""Addresses of the desk and of what comes from it."""

from django.urls import path

from moderation.authorities import views as authorities
from moderation.cases import views as cases
from moderation.covering import views as covering
from moderation.deciding import views as decisions
from moderation.flagging import views as flags
from moderation.keeping import views as keeping
from moderation.keeping.announcing import views as announcing
from moderation.keeping.inviting import views as inviting
from moderation.keeping.limiting import views as limiting
from moderation.keeping.reasons import views as reasons
from moderation.proposals import views as proposals
from moderation.rights import views as rights
from moderation.threats import views as threats
from moderation.transparency import views as transparency

urlpatterns = [
    path("moderation/", cases.queue, name="queue"),
    path("moderation/next/", cases.take_next, name="next_case"),
    path("moderation/open/<slug:kind>/<str:key>/", cases.open_about, name="open_case"),
    path("moderation/bulk/", cases.bulk, name="bulk"),
    path("moderation/views/", cases.save_view, name="save_view"),
    path("moderation/views/<int:pk>/forget/", cases.forget_view, name="forget_view"),
    path("moderation/cases/<uuid:public_id>/", cases.show, name="case"),
    path("moderation/cases/<uuid:public_id>/take/", cases.take, name="take_case"),
    path("moderation/cases/<uuid:public_id>/renew/", cases.renew, name="renew_case"),
    path("moderation/cases/<uuid:public_id>/give-back/", cases.give_back, name="give_back_case"),
    path("moderation/cases/<uuid:public_id>/danger/", authorities.danger, name="danger"),
    path("moderation/pictures/<uuid:public_id>/", covering.picture, name="cover_picture"),
    path("moderation/record/", decisions.record, name="record"),
    path("decisions/<uuid:public_id>/", decisions.show, name="decision"),
    path("decisions/<uuid:public_id>/undo/", decisions.undo, name="undo_decision"),
    path("decisions/<uuid:public_id>/throw-away/", decisions.throw_away, name="throw_away"),
    path("track/<str:code>/decisions/<uuid:public_id>/", decisions.appeal_by_code, name="appeal_by_code"),
    path("flag/<slug:kind>/<str:key>/", flags.flag, name="flag"),
    path("moderation/reasons/", reasons.reasons, name="reasons"),
    path("moderation/reasons/<slug:slug>/", reasons.reason, name="reason"),
    path("moderation/limits/", limiting.limits, name="limits"),
    path("moderation/threats/", threats.threats, name="threats"),
    path("moderation/announcements/", announcing.announcements, name="announcements"),
    path("moderation/announcements/<int:pk>/", announcing.announcement, name="announcement"),
    path("moderation/proposals/", proposals.proposals, name="proposals"),
    path("moderation/proposals/add/", proposals.add, name="add_tool"),
    path("moderation/proposals/<int:pk>/take-back/", proposals.take_back, name="take_back_proposal"),
    path("moderation/people/", keeping.people, name="people"),
    path("moderation/invitations/<int:pk>/", inviting.revoke, name="revoke_invitation"),
    path("invitation/<str:token>/", inviting.invitation, name="invitation"),
    path("moderation/rule/", flags.show_rule, name="flag_rule"),
    path("flags/<uuid:public_id>/", flags.own_flag, name="own_flag"),
    path("transparency/", transparency.show, name="transparency"),
    path("transparency/figures.csv", transparency.figures_csv, name="figures_csv"),
    path("transparency/decisions.csv", transparency.log_csv, name="log_csv"),
    path("notice/", rights.notice, name="notice"),
    path("notice/<str:code>/", rights.notice_status, name="notice_status"),
    path("tools/<slug:slug>/statement/", rights.state, name="state"),
    path("statements/<uuid:public_id>/", rights.statement, name="statement"),
    path("statements/<uuid:public_id>/drop/", rights.no_statement, name="drop_statement"),
    path("statements/<uuid:public_id>/<str:token>/", rights.prove, name="prove_statement"),
]
