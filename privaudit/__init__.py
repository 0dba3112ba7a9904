"""privaudit: audits privacy notices against GDPR Art. 13 and 14."""

__version__ = "0.1.0"
