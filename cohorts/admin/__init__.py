"""The admin of a district leader; importing a module registers its screens."""
