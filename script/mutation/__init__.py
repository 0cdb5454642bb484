"""What script/mutate does: changes code bit by bit and asks whether a test notices."""
