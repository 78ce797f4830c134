"""The ways out of the house: one gateway a channel, all with the contract of `base`."""
