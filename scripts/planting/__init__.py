"""What scripts/plant_errors.py makes its reports of: sound statements, and errors to plant in them."""
