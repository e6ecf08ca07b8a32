"""Identity and access management: who may sign in, who is looking, and what they may do.

Tables   User (a sign-in account of staff or of a customer), Team, Membership, Token, SignInLink
Verbs    User.set_up, Team.add, Token.issue, SignInLink.send_to, SignInLink.redeem
Records  account.changed, team.joined, team.changed, token.issued, link.issued, link.redeemed
Offers   Viewer (who is looking), can (the one rule)
Never    knows customers' profiles (contacts)
"""
