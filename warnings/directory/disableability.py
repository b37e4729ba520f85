"""Can you switch it off? One scale for readers, from who controls a feature and whether you can disable it."""

from directory.choices import CanDisable, Control, SwitchOff

_YOURS = {CanDisable.YES: SwitchOff.YOU, CanDisable.PARTLY: SwitchOff.PARTLY, CanDisable.UNKNOWN: SwitchOff.UNKNOWN}


def can_switch_off(control: str, can_disable: str) -> SwitchOff:
    """Return a fact's value on the scale "can you switch it off?", from its `Control` and `CanDisable`.

    If you cannot switch a feature off, either nobody can because it is always on, or somebody else controls it.
    """
    if can_disable == CanDisable.NO:
        return SwitchOff.NOBODY if control == Control.ALWAYS_ON else SwitchOff.OTHERS
    return _YOURS[CanDisable(can_disable)]
