"""Files that came from elsewhere: examined apart, opened, remembered, saved with a card."""
