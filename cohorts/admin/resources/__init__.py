"""What a spreadsheet of each kind of row looks like, read and written."""
