"""What script/bench measures."""
