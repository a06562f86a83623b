"""The course on paper, for the day on which the network dies: handouts and answer sheets."""
