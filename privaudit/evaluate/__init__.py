"""Evaluation: what rule packs say of labelled documents, beside what careful readers found in them."""
