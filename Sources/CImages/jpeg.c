#include "images.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
/* After <stdio.h>, which it needs. */
#include <jpeglib.h>
#include <jerror.h>

/* A progressive file may have any number of passes over all pixels, each of a few bytes. */
enum { most_scans = 500 };

typedef struct {
    struct jpeg_error_mgr base;
    jmp_buf back;
    char *message;
    size_t room;
} handler;

static void fail(j_common_ptr info)
{
    handler *errors = (handler *)info->err;
    char text[JMSG_LENGTH_MAX];
    info->err->format_message(info, text);
    snprintf(errors->message, errors->room, "%s", text);
    longjmp(errors->back, 1);
}

/* The library warns of what is missing or makes no sense, and goes on with pixels that it makes up. Of bytes between two
 * markers, which some cameras leave there, and of odd notes in the header no pixel is worse. */
static void warn(j_common_ptr info, int level)
{
    if (level >= 0) return;
    switch (info->err->msg_code) {
    case JWRN_ADOBE_XFORM:
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_JFIF_MAJOR:
    case JWRN_NOT_SEQUENTIAL:
        return;
    default:
        fail(info);
    }
}

static void watch(j_common_ptr info)
{
    handler *errors = (handler *)info->err;
    if (((j_decompress_ptr)info)->input_scan_number <= most_scans) return;
    snprintf(errors->message, errors->room, "it has more than %d scans", most_scans);
    longjmp(errors->back, 1);
}

nnd_image_status nnd_jpeg_decode(const unsigned char *data, size_t size, size_t most_pixels, nnd_image *image,
                                 int *channels)
{
    struct jpeg_decompress_struct info;
    struct jpeg_progress_mgr progress = {.progress_monitor = watch};
    handler errors = {.message = image->message, .room = sizeof image->message};
    volatile nnd_image_status status = NND_IMAGE_DAMAGED;
    info.err = jpeg_std_error(&errors.base);
    errors.base.error_exit = fail;
    errors.base.emit_message = warn;
    if (setjmp(errors.back)) {
        jpeg_destroy_decompress(&info);
        return status;
    }
    jpeg_create_decompress(&info);
    info.progress = &progress;
    jpeg_mem_src(&info, data, size);
    jpeg_read_header(&info, TRUE);
    image->width = info.image_width;
    image->height = info.image_height;
    if (image->width > longest_side || image->height > longest_side || image->width > most_pixels / image->height) {
        status = NND_IMAGE_TOO_LARGE;
        goto end;
    }
    if (info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK) {
        snprintf(image->message, sizeof image->message, "its colours are CMYK");
        status = NND_IMAGE_UNSUPPORTED;
        goto end;
    }
    info.out_color_space = info.jpeg_color_space == JCS_GRAYSCALE ? JCS_GRAYSCALE : JCS_RGB;
    info.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&info);
    *channels = info.output_components;
    size_t stride = image->width * (size_t)info.output_components;
    image->pixels = malloc(stride * image->height);
    if (image->pixels == NULL) {
        status = NND_IMAGE_NO_MEMORY;
        goto end;
    }
    while (info.output_scanline < info.output_height) {
        JSAMPROW row = image->pixels + stride * info.output_scanline;
        jpeg_read_scanlines(&info, &row, 1);
    }
    jpeg_finish_decompress(&info);
    status = NND_IMAGE_OK;
end:
    jpeg_destroy_decompress(&info);
    return status;
}
