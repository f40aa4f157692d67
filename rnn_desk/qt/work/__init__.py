"""What the window wants of the engine: readings of drawings, models, moves to other devices."""
