"""Contract 2's sister function: the digits in a picture of any size, and the raster of each.

A scan or a photograph has paper of some brightness, uneven light, noise and specks, and around it a
frame, a table or the rest of a screen; a picture from a paint program has none of these. What is
ink is found in steps, each in a file of its own:

    channel   colours      -> the grey levels in which ink differs most from its paper
    frame     grey levels  -> the sheet within borders, bars and bands
    paper     sheet        -> how bright its paper is at each pixel
    contrast  both         -> how much ink each pixel holds, and whether ink is dark or bright
    lines     ink          -> which of it is ruled lines or a grid
    parts     ink          -> the digits, in reading order, without boxes, specks and remains
    placed    a digit      -> its raster, scaled and centred as MNIST was made

`find` goes through them and says what it found.
"""
