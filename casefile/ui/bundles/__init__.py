"""Bundles: what was handed out, making one, checking one."""
