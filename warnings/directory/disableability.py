"""Can you switch it off? One scale for readers, from who controls a feature and whether you can disable it."""

from directory.choices import CanDisable, Control, SwitchOff

_YOURS = {CanDisable.YES: SwitchOff.YOU, CanDisable.PARTLY: SwitchOff.PARTLY, CanDisable.UNKNOWN: SwitchOff.UNKNOWN}


def can_switch_off(control: str, can_disable: str) -> SwitchOff:
    """Where a fact stands on the scale, from its `Control` and its `CanDisable`.

    What you cannot switch off, nobody can if it is always on; otherwise somebody else holds the switch.
    """
    if can_disable == CanDisable.NO:
        return SwitchOff.NOBODY if control == Control.ALWAYS_ON else SwitchOff.OTHERS
    return _YOURS[CanDisable(can_disable)]
