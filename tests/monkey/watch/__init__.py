"""What must never happen, and how it is noticed."""
