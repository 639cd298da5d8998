"""Who may do what, and the one way in which anything is ever written."""
