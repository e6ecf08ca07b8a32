"""Troubleshooters: a tree of questions an author draws, that leads to a fix or to a person.

tree       what is drawn, and the way somebody took through it
drawing    an author's changes to it
checks     what is wrong with it before people may see it
map        where its boxes and lines stand when it is drawn as a picture
travelling it as a file that people edit
models     the troubleshooter, its draft and its versions
"""
