"""Template tags about what works at the address of the page."""

from typing import Any

from django import template

from accounts.viewers import address_of
from common.errors import Sentence

register = template.Library()


@register.simple_tag(takes_context=True)
def cookie_problem(context: Any) -> Sentence | None:
    """Return why nobody can sign in at the address of this page; None if they can."""
    return address_of(context["request"]).cookie_problem


@register.simple_tag(takes_context=True)
def passkey_problem(context: Any) -> Sentence | None:
    """Return why browsers refuse passkeys at the address of this page; None if they accept them."""
    return address_of(context["request"]).passkey_problem


@register.simple_tag(takes_context=True)
def factors_that_work(context: Any, kinds: list[str]) -> list[str]:
    """Return the kinds of second factors that can be used at the address of this page."""
    return [kind for kind in kinds if kind != "webauthn" or not passkey_problem(context)]
