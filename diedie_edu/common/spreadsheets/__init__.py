"""Lists in and out of the spreadsheets that Chinese offices really use."""
