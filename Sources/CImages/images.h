#include "CImages.h"

enum { longest_side = 65535 };

nnd_image_status nnd_png_decode(const unsigned char *data, size_t size, size_t most_pixels, nnd_image *image,
                                int *channels);
nnd_image_status nnd_jpeg_decode(const unsigned char *data, size_t size, size_t most_pixels, nnd_image *image,
                                 int *channels);
