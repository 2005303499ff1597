"""From the plan to rows. Each function is one part of the demo and leaves alone what is there already."""
