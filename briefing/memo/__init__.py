"""What earlier runs worked out: the result of every step, kept with all that the step read.

Input: rules, each a step with a name and a level, and the marks of the inputs. Output: results, each worked
out again only after something that its step read has changed. ``engine`` decides what to work out, ``kept``
stores it in one file, ``coding`` turns values into bytes. Nothing here knows what the steps are about.
"""
