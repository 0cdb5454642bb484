"""The rules of the programme: pure, without Home Assistant, a clock or any I/O."""
