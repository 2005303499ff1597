"""From the plan to rows. Each function without an underscore is one part of the demo (see `load`)."""
