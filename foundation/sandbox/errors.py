"""Twilio's refusals, in Twilio's own shape and close to its own words."""

from __future__ import annotations

from dataclasses import dataclass

MESSAGES: dict[int, tuple[int, str]] = {
    20001: (400, "The request has an invalid parameter"),
    20003: (401, "Authenticate"),
    20404: (404, "The requested resource was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    20009: (400, "Cannot update this resource before it is complete"),
    21211: (400, "The 'To' number is not a valid phone number."),
    21212: (400, "The 'From' number is not a valid phone number, shortcode, or alphanumeric sender ID."),
    21266: (400, "'To' and 'From' number cannot be the same."),
    21408: (400, "Permission to send an SMS has not been enabled for the region indicated by 'To'."),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number is not a valid, message-capable Twilio phone number."),
    21609: (400, "The 'StatusCallback' URL is not a valid URL."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21611: (400, "This 'From' number has exceeded the maximum number of queued messages."),
    21612: (400, "Message cannot be sent with the current combination of 'To' and/or 'From' parameters."),
    21614: (400, "'To' number is not a valid mobile number"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit."),
    21701: (400, "The Messaging Service does not exist"),
    30029: (400, "Invalid ContentRetention"),
    30028: (400, "Invalid AddressRetention"),
}


@dataclass(slots=True)
class ApiError(Exception):
    """A refusal with one of Twilio's codes."""

    code: int

    @property
    def status(self) -> int:
        """The HTTP status that goes with the code."""
        return MESSAGES[self.code][0]

    def as_json(self) -> dict[str, object]:
        """The body Twilio would answer with."""
        status, message = MESSAGES[self.code]
        return {
            "code": self.code,
            "message": message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": status,
        }
