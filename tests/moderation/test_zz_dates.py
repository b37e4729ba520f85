import time_machine, pytest
from tests.moderation.test_demo_data import *
from tests.moderation.test_demo_data import test_a_year_is_made_up_on_an_empty_site_only_and_is_whole as t
del test_a_year_is_made_up_on_an_empty_site_only_and_is_whole
def test_x(capsys, monkeypatch, db):
    with time_machine.travel("2026-12-01T09:00", tick=True):
        t(capsys, monkeypatch)
