"""The public record: what was decided, and figures by month."""
