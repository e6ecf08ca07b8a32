"""Identity and access management: who may sign in, who is looking, and what they may do.

Tables   User (a sign-in account of staff or of a customer), Team, Membership, Token, SignInLink
Verbs    User.set_up; colleagues.welcome, .give_role, .choose_teams, .let_go, .take_back;
         Team.make, .rename, .keep_hours, .shut, .leave_to_assignee, .add, .drop; Token.issue, SignInLink.issue, .redeem
Records  account.changed, colleague.welcomed, colleague.role_given, colleague.left, colleague.returned,
         team.made, team.changed, team.joined, team.left, token.issued, link.issued, link.redeemed
Offers   Viewer (who is looking), can (the one rule)
Never    knows customers' profiles (contacts)
"""
