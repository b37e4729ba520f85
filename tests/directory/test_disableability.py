"""Can you switch it off? One answer from two facts."""

import pytest

from directory.choices import CanDisable, Control, SwitchOff
from directory.disableability import can_switch_off


@pytest.mark.parametrize(
    ("control", "can_disable", "place"),
    [
        (Control.ALWAYS_ON, CanDisable.NO, SwitchOff.NOBODY),
        (Control.OTHER_PARTY, CanDisable.NO, SwitchOff.OTHERS),
        (Control.ADMINISTRATOR, CanDisable.NO, SwitchOff.OTHERS),
        (Control.DEFAULT_OFF, CanDisable.NO, SwitchOff.OTHERS),
        (Control.ADMINISTRATOR, CanDisable.PARTLY, SwitchOff.PARTLY),
        (Control.USER, CanDisable.YES, SwitchOff.YOU),
        (Control.OTHER_PARTY, CanDisable.UNKNOWN, SwitchOff.UNKNOWN),
    ],
)
def test_the_place_on_the_scale(control: str, can_disable: str, place: SwitchOff) -> None:
    assert can_switch_off(control, can_disable) == place


def test_every_pair_has_a_place() -> None:
    assert {can_switch_off(control, can) for control in Control for can in CanDisable} == set(SwitchOff)
