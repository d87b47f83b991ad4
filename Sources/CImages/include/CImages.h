#ifndef CIMAGES_H
#define CIMAGES_H

#include <stddef.h>

/* Pictures decoded by libpng and libjpeg-turbo. Both report errors by longjmp(), which Swift must not see. */

typedef enum {
    NND_IMAGE_OK = 0,
    /* Neither a PNG nor a JPEG file. */
    NND_IMAGE_UNKNOWN,
    /* The file is damaged or cut off. */
    NND_IMAGE_DAMAGED,
    /* More pixels than are asked to be held, or more than 65535 along a side; nothing has been decoded. */
    NND_IMAGE_TOO_LARGE,
    /* A kind of picture that is not read. */
    NND_IMAGE_UNSUPPORTED,
    NND_IMAGE_NO_MEMORY,
} nnd_image_status;

typedef struct {
    size_t width, height;
    /* [height, width, channels]; to be freed by nnd_image_free(). */
    unsigned char *pixels;
    /* What the library says of an error, else "". */
    char message[200];
} nnd_image;

/* Whether a file that begins so is a picture that may be decoded. `size` may be any number of bytes. */
int nnd_is_image(const unsigned char *data, size_t size);

/* Decodes a file. `channels` is 1 for shades of grey or 3 for red, green and blue. Whatever the status is, `image` is to be
   freed. */
nnd_image_status nnd_image_decode(const unsigned char *data, size_t size, int channels, size_t most_pixels,
                                  nnd_image *image);

/* Resizes to `target`, [channels, height, width], by the triangle filter, which is widened where the picture shrinks: with
   the arithmetic of Pillow's `resize(…, BILINEAR)`, first along the width and then along the height. (Pillow takes the height
   first where that is quicker; values then differ by 1 here and there.) Returns 0 when memory is lacking. */
int nnd_image_resize(const nnd_image *image, int channels, size_t height, size_t width, unsigned char *target);

void nnd_image_free(nnd_image *image);

#endif
