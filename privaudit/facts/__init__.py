"""Facts of a notice that are the same in every language: whom to write to, how long, how much, since when."""
