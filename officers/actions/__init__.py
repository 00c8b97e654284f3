"""The verbs: the only writers of accounts, appointments and the ways to prove who one is."""
