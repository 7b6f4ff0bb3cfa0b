"""What doctors and coordinators are sent: availability forms, paper sheets, sheets of sectors, the grid `Saisie`."""
