"""Reads and writes. Returns rows, never schema types; knows no Strawberry."""
