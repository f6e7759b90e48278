"""The passes: each finds one kind of damage and yields the changes that would undo it."""
