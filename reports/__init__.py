"""Figures that show, honestly, whether it helped: reads every service, is read by none."""
