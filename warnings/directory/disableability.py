"""Can you switch it off? One scale for readers, from who controls a feature and whether you can disable it."""

from directory.choices import CanDisable, Control, SwitchOff

_YOURS = {CanDisable.YES: SwitchOff.YOU, CanDisable.PARTLY: SwitchOff.PARTLY, CanDisable.UNKNOWN: SwitchOff.UNKNOWN}


def can_switch_off(control: str, can_disable: str) -> SwitchOff:
    """Return who can switch a feature off, from its `Control` and `CanDisable`.

    If the user cannot, either nobody can because it is always on, or someone else controls it.
    """
    if can_disable == CanDisable.NO:
        return SwitchOff.NOBODY if control == Control.ALWAYS_ON else SwitchOff.OTHERS
    return _YOURS[CanDisable(can_disable)]
