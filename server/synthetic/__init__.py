"""Made-up but believable data, the same for the same seed: for demonstrations and trials."""
