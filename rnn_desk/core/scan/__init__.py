"""Contract 2's sister function: the digits in a picture of any size, and the raster of each.

A scan or a photograph has paper of some brightness, uneven light, noise and specks, and around it a
frame, a table or the rest of a screen; a picture from a paint program has none of these. What is
ink is found in steps, each in a file of its own:

    channel   colours      -> the grey levels in which ink differs most from its paper
    frame     grey levels  -> the sheet within borders, bars and bands
    paper     sheet        -> how bright its paper is at each pixel
    contrast  both         -> how much ink each pixel holds, and whether ink is dark or bright
    enclosing ink          -> which of it is a box, a ring or a table
    lines     ink          -> which of it is ruled lines or a grid
    parts     ink          -> the digits, without specks, words, punched holes and remains
    order     digits       -> line by line, from left to right
    placed    a digit      -> its raster, scaled and centred as MNIST was made

`look` goes through those of the ink; `find` goes through all, looks again where a shadow, a card or
a table lies in the picture, and says what it found.
"""
