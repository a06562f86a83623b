"""Installing the course into its own folder and opening it."""
