"""Handing over many messages at once: one file a provider, all with the contract of `base`."""
