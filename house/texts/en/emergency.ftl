# The list for an emergency.

copies-part-emergency = Emergency
emergency-title = List for an emergency
emergency-text = What is carried away or destroyed first, place by place. Print it and lay it where it is found when this system is not.
emergency-caption = What goes first
emergency-none = No copies are in this registry’s hands: there is nothing to carry away.
emergency-priority = First
emergency-place = Place
emergency-holder = Container or holder
emergency-log = Log
emergency-logs = Logs and copies
emergency-copies = Copies
emergency-last = last
emergency-elsewhere = Not in a container
