"""Telling colleagues what concerns them: in the desk, by mail or on their devices, each as they chose, nothing twice.

Tables   Notice (one fact to one colleague), NoticeChoices
Verbs    telling.tell_staff, telling.tell; notice.read_notices, notice.settle; NoticeChoices.choose
Decides  whom a fact concerns (whom.py), and when each way may be used (choices.py); who may see it, `visible_to` does
Never    shows the words of a private note outside the desk
"""
