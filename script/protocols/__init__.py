"""Protocol files at the terminal: checked, printed, and played through without Home Assistant."""
