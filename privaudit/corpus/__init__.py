"""Many documents: records in, rows out, in parts that a run can go on from."""
