#ifndef CPICTURES_H
#define CPICTURES_H

#include <stddef.h>

enum {
    NND_PNG_DRAWN = 0,
    /* librsvg is not there, or older than 2.46. */
    NND_PNG_NO_LIBRARY = 1,
    NND_PNG_FAILED = 2
};

/* Draws an SVG of so many pixels, `scale` of the picture's for each of its own, with librsvg, and makes a PNG of it. librsvg is
   loaded by the first call and stays. Fills in `png`, which is the caller's to give back with nnd_png_free, and its size; where it
   fails, `message` instead, with a zero byte at its end. */
int nnd_png_from_svg(
    const unsigned char *svg, size_t svg_size, double width, double height, double scale, unsigned char **png, size_t *png_size,
    char *message, size_t message_size);

void nnd_png_free(unsigned char *png);

#endif
