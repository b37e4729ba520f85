"""The public record: the log of decisions and monthly figures."""
