"""socialwatch: the worst public complaint first, in the hands of somebody who may act."""
