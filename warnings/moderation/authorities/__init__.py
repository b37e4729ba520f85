"""What is told to the authorities when somebody's life or safety is in danger (DSA article 18)."""
