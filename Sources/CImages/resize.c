#include "images.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* Weights are whole numbers of 2^-22: eight bits for a value, two to spare. */
enum { precision = 32 - 8 - 2 };

/* For each place along one side of the result: where its window in the picture begins, how long it is, and the weights. */
typedef struct {
    size_t *start, *count;
    int32_t *weights;
    size_t most;
} windows;

static double triangle(double x)
{
    if (x < 0) x = -x;
    return x < 1 ? 1 - x : 0;
}

static void windows_free(windows *w)
{
    free(w->start);
    free(w->count);
    free(w->weights);
}

static int windows_make(windows *w, size_t from, size_t to)
{
    double scale = (double)from / (double)to, stretch = scale < 1 ? 1 : scale;
    w->most = (size_t)ceil(stretch) * 2 + 1;
    w->start = malloc(to * sizeof *w->start);
    w->count = malloc(to * sizeof *w->count);
    w->weights = calloc(to * w->most, sizeof *w->weights);
    double *exact = malloc(w->most * sizeof *exact);
    if (!w->start || !w->count || !w->weights || !exact) {
        free(exact);
        return 0;
    }
    for (size_t i = 0; i < to; i++) {
        double centre = ((double)i + 0.5) * scale, sum = 0;
        long first = (long)(centre - stretch + 0.5), last = (long)(centre + stretch + 0.5);
        if (first < 0) first = 0;
        if (last > (long)from) last = (long)from;
        w->start[i] = (size_t)first;
        w->count[i] = (size_t)(last - first);
        for (long j = 0; j < last - first; j++) {
            exact[j] = triangle(((double)(j + first) - centre + 0.5) * (1.0 / stretch));
            sum += exact[j];
        }
        for (long j = 0; j < last - first; j++) {
            if (sum != 0) exact[j] /= sum;
            w->weights[i * w->most + (size_t)j] = (int32_t)(0.5 + exact[j] * (1 << precision));
        }
    }
    free(exact);
    return 1;
}

static unsigned char clipped(int32_t sum)
{
    sum >>= precision;
    return (unsigned char)(sum < 0 ? 0 : sum > 255 ? 255 : sum);
}

/* [rows, from, channels] to [rows, to, channels]. */
static void along_width(const unsigned char *source, size_t rows, size_t from, size_t to, size_t channels,
                        const windows *w, unsigned char *target)
{
    for (size_t row = 0; row < rows; row++, source += from * channels, target += to * channels)
        for (size_t x = 0; x < to; x++)
            for (size_t c = 0; c < channels; c++) {
                int32_t sum = 1 << (precision - 1);
                for (size_t j = 0; j < w->count[x]; j++)
                    sum += source[(w->start[x] + j) * channels + c] * w->weights[x * w->most + j];
                target[x * channels + c] = clipped(sum);
            }
}

/* [from, row] to [to, row], of so many bytes a row. */
static void along_height(const unsigned char *source, size_t to, size_t row, const windows *w,
                         unsigned char *target)
{
    for (size_t y = 0; y < to; y++)
        for (size_t x = 0; x < row; x++) {
            int32_t sum = 1 << (precision - 1);
            for (size_t j = 0; j < w->count[y]; j++)
                sum += source[(w->start[y] + j) * row + x] * w->weights[y * w->most + j];
            target[y * row + x] = clipped(sum);
        }
}

int nnd_image_resize(const nnd_image *image, int channels, size_t height, size_t width, unsigned char *target)
{
    size_t depth = (size_t)channels;
    windows across = {0}, down = {0};
    unsigned char *wide = NULL, *whole = NULL;
    const unsigned char *result = image->pixels;
    int done = 0;
    if (image->width != width) {
        wide = malloc(image->height * width * depth);
        if (wide == NULL || !windows_make(&across, image->width, width)) goto end;
        along_width(result, image->height, image->width, width, depth, &across, wide);
        result = wide;
    }
    if (image->height != height) {
        whole = malloc(height * width * depth);
        if (whole == NULL || !windows_make(&down, image->height, height)) goto end;
        along_height(result, height, width * depth, &down, whole);
        result = whole;
    }
    for (size_t c = 0; c < depth; c++)
        for (size_t i = 0; i < height * width; i++) target[c * height * width + i] = result[i * depth + c];
    done = 1;
end:
    windows_free(&across);
    windows_free(&down);
    free(wide);
    free(whole);
    return done;
}
