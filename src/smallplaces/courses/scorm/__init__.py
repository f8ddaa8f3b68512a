"""A course as a SCORM 1.2 package, for the learning systems that offices have."""

from smallplaces.courses.scorm.examine import examine
from smallplaces.courses.scorm.package import package

__all__ = ["examine", "package"]
