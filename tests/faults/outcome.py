"""What a fault did."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """One line of the report. `down` is in seconds, from the end of the cause to the next answer."""

    what: str
    found: str
    down: float = 0.0
    problem: str = ""
    longest: float = 5.0

    @property
    def is_fine(self) -> bool:
        """Whether nothing was lost, and the site answered again in time."""
        return not self.problem and self.down <= self.longest

    def __str__(self) -> str:
        verdict = "ok" if self.is_fine else f"FAILED {self.problem or f'down for more than {self.longest:g} s'}"
        return f"{self.what}: {self.found}; answers again after {self.down:.1f} s: {verdict}"
