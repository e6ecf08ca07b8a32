"""Ongyeol, a company that does not exist: its people, help, orders and conversations, built through public verbs.

Data     *.yaml and articles/, written by us; pictures_*.py draw the pictures
Builds   building.py, step by step: company, people, help centre, popularity, conversations, questions
Wipes    wiping.py, and only a database whose every brand is marked as demo
Never    part of the wheel; no mail leaves for anything that happens in here
"""
