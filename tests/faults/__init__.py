"""What goes wrong in use: crashes, slow clients, full disks, restarts, clocks. `python -m tests.faults [NAME ...]`."""
