"""Appeals: another look, by somebody else."""
