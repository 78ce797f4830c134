"""The questions of the directory and of referrals."""
