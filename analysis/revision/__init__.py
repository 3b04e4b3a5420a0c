"""Tables again after a change: another study, or corrections by hand."""
