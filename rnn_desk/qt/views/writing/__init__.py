"""What is seen of a model that writes."""
