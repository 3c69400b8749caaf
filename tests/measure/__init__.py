"""What is measured of the customer and the owner: `make measure` prints it and writes docs/measurements.md."""
