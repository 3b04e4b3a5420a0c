"""What lists addresses: one module for each kind of source, each with a class that has `name` and `addresses`."""
