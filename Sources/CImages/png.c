#include "images.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const unsigned char *data;
    size_t size, place;
    char *message;
    size_t room;
} source;

static void fail(png_structp png, png_const_charp text)
{
    source *from = png_get_error_ptr(png);
    snprintf(from->message, from->room, "%s", text);
    longjmp(png_jmpbuf(png), 1);
}

static void ignore(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

static void take(png_structp png, png_bytep target, png_size_t count)
{
    source *from = png_get_io_ptr(png);
    if (count > from->size - from->place) png_error(png, "the file is cut off");
    memcpy(target, from->data + from->place, count);
    from->place += count;
}

/* What the transformations below leave: 8 bits, 1 or 3 channels. Alpha is left out. */
static void plan(png_structp png, png_infop info)
{
    int type = png_get_color_type(png, info);
    if (type == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
    if (type == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png, info) < 8) png_set_expand_gray_1_2_4_to_8(png);
    if (png_get_bit_depth(png, info) == 16) png_set_scale_16(png);
    png_set_strip_alpha(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
}

nnd_image_status nnd_png_decode(const unsigned char *data, size_t size, size_t most_pixels, nnd_image *image,
                                int *channels)
{
    source from = {data, size, 0, image->message, sizeof image->message};
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &from, fail, ignore);
    png_infop info = png == NULL ? NULL : png_create_info_struct(png);
    png_bytep *volatile rows = NULL;
    volatile nnd_image_status status = NND_IMAGE_NO_MEMORY;
    if (info == NULL) goto end;
    if (setjmp(png_jmpbuf(png))) {
        status = NND_IMAGE_DAMAGED;
        goto end;
    }
    png_set_read_fn(png, &from, take);
    png_set_user_limits(png, 0x7FFFFFFF, 0x7FFFFFFF);
    png_set_chunk_malloc_max(png, 8 << 20);
    png_read_info(png, info);
    size_t width = png_get_image_width(png, info), height = png_get_image_height(png, info);
    image->width = width;
    image->height = height;
    if (width > longest_side || height > longest_side || width > most_pixels / height) {
        status = NND_IMAGE_TOO_LARGE;
        goto end;
    }
    plan(png, info);
    *channels = png_get_channels(png, info);
    size_t stride = png_get_rowbytes(png, info);
    image->pixels = malloc(stride * height);
    rows = malloc(height * sizeof *rows);
    if (image->pixels == NULL || rows == NULL) goto end;
    for (size_t row = 0; row < height; row++) rows[row] = image->pixels + row * stride;
    png_read_image(png, rows);
    png_read_end(png, NULL);
    status = NND_IMAGE_OK;
end:
    free((void *)rows);
    png_destroy_read_struct(&png, &info, NULL);
    return status;
}
