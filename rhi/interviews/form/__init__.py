"""The form as data: sections, questions, help by age. What is stored is a question's key, never its words."""

from rhi.interviews.form.kinds import Kind, Question, Section, Voice
from rhi.interviews.form.sections import QUESTIONS, SECTIONS, VERSION, band_of, section_named, section_of

__all__ = [
    "QUESTIONS",
    "SECTIONS",
    "VERSION",
    "Kind",
    "Question",
    "Section",
    "Voice",
    "band_of",
    "section_named",
    "section_of",
]
