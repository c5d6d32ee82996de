"""Who may see and do what, decided by hand, and asked of the product cell by cell."""
