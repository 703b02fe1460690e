"""The one door: everything that leaves a case in the clear goes through this package.

Files and folders leave by ``door``, words for the clipboard and the terminal by ``clipboard_text``
and ``text_out``; nothing else in the program writes case content outside the case.
"""
