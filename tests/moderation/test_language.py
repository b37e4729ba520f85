"""The hint on the language of a text."""

import pytest
from allauth.mfa.models import Authenticator

from accounts.models import User
from moderation.queue.language import foreign_language
from tests.moderation.making import case_of, waiting_report
from tests.pages_under_test import elements
from tests.reports.conftest import signed_in


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The buyer asked me to install DingTalk and then read my messages all night long.", ""),
        ("El comprador me pidió instalar DingTalk y luego leyó todos mis mensajes de la noche.", "Spanish"),
        ("ক্রেতা আমাকে ডিংটক ইনস্টল করতে বলেছে এবং তারপর টাকা দেয়নি", "Bengali"),
        ("Der Käufer wollte, dass ich DingTalk installiere, und hat danach nicht bezahlt.", "German"),
        ("DingTalk AnyDesk TeamViewer WeChat Telegram Botim RustDesk Discord", ""),
        ("Hola", ""),
        ("", ""),
        ("1234567890 " * 10, ""),
        ("\x00\ud800 a" * 40, ""),
    ],
)
def test_a_language_is_named_only_where_it_is_sure(text: str, language: str) -> None:
    assert foreign_language(text) == language


@pytest.mark.django_db
def test_the_page_of_a_case_names_the_language(mona: User, alice: User) -> None:
    Authenticator.objects.create(user=mona, type=Authenticator.Type.TOTP, data={"secret": "x"})
    body = "El comprador me pidió instalar DingTalk y luego leyó todos mis mensajes de la noche."
    page = signed_in(mona).get(case_of(waiting_report(author=alice, body=body)).get_absolute_url())
    [hints] = elements(page, "ul", class_="hints")
    assert hints.text.split()[-1] == "Spanish"
