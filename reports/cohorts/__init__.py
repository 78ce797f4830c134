"""Reading the cases of many people for what they have in common, coded by two."""
