"""The table behind Django's database cache, made by a migration instead of `createcachetable`."""

from __future__ import annotations

from django.db import models


class CacheEntry(models.Model):
    """Columns are Django's (django.core.cache.backends.db); only the cache reads and writes them."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "common_cache"

    def __str__(self) -> str:
        return self.cache_key
