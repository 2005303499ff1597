"""Mail that comes by itself: asks every app who is due. No app below knows that this one exists."""
