"""Referrals for partners' own systems."""
