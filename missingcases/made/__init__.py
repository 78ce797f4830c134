"""Made data of real size (docs/made-data.md): the frame, the people, the incidents, and the check of both."""
