"""Rules on the heading an indicator stands under (CAT)."""
