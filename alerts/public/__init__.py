"""An alert in public: its page, its picture, what systems read of it. Another house, which reads one view."""
