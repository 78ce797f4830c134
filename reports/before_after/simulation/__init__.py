"""Made children with a known effect, to prove the method before anybody believes it."""
