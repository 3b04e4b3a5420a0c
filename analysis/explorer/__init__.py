"""The study in one widget: choose a figure, groups and filters, and read the sentences behind its numbers."""

from analysis.explorer.explore import explore as explore
