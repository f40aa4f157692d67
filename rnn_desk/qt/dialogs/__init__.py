"""Windows of their own, opened from the menus: cards, reports, lists, help."""
