#include "images.h"

#include <stdlib.h>
#include <string.h>

static const unsigned char png_start[] = {0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
static const unsigned char jpeg_start[] = {0xFF, 0xD8, 0xFF};

static int is_png(const unsigned char *data, size_t size)
{
    return size >= sizeof png_start && memcmp(data, png_start, sizeof png_start) == 0;
}

static int is_jpeg(const unsigned char *data, size_t size)
{
    return size >= sizeof jpeg_start && memcmp(data, jpeg_start, sizeof jpeg_start) == 0;
}

int nnd_is_image(const unsigned char *data, size_t size)
{
    return is_png(data, size) || is_jpeg(data, size);
}

/* ITU-R BT.601's luma in 16-bit fixed point, rounded, as Pillow's `convert("L")` has it. In place. */
static void make_grey(unsigned char *pixels, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const unsigned char *p = pixels + 3 * i;
        pixels[i] = (unsigned char)((p[0] * 19595u + p[1] * 38470u + p[2] * 7471u + 0x8000u) >> 16);
    }
}

static int make_colour(nnd_image *image)
{
    size_t count = image->width * image->height;
    unsigned char *grown = realloc(image->pixels, count * 3);
    if (grown == NULL) return 0;
    for (size_t i = count; i-- > 0;) grown[3 * i] = grown[3 * i + 1] = grown[3 * i + 2] = grown[i];
    image->pixels = grown;
    return 1;
}

nnd_image_status nnd_image_decode(const unsigned char *data, size_t size, int channels, size_t most_pixels,
                                  nnd_image *image)
{
    memset(image, 0, sizeof *image);
    nnd_image_status status = NND_IMAGE_UNKNOWN;
    int found = 0;
    if (is_png(data, size)) status = nnd_png_decode(data, size, most_pixels, image, &found);
    if (is_jpeg(data, size)) status = nnd_jpeg_decode(data, size, most_pixels, image, &found);
    if (status != NND_IMAGE_OK) return status;
    if (channels == 1 && found == 3) make_grey(image->pixels, image->width * image->height);
    if (channels == 3 && found == 1 && !make_colour(image)) return NND_IMAGE_NO_MEMORY;
    return NND_IMAGE_OK;
}

void nnd_image_free(nnd_image *image)
{
    free(image->pixels);
    image->pixels = NULL;
}
