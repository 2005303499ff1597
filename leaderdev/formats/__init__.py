"""How dates are written where no page words them itself, such as in the admin."""
