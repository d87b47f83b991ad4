#include "convolution.h"

#include <string.h>

/* Rows are short and alike: a call of memcpy for each would cost as much as the copy. */
static inline void copy_row(float *restrict to, const float *restrict from, size_t count) {
    for (; count >= 16; count -= 16, to += 16, from += 16) memcpy(to, from, 64);
    if (count & 8) memcpy(to, from, 32), to += 8, from += 8;
    if (count & 4) memcpy(to, from, 16), to += 4, from += 4;
    if (count & 2) memcpy(to, from, 8), to += 2, from += 2;
    if (count & 1) *to = *from;
}

void nnd_place_image(float *out, const float *image, const struct nnd_frame *frame) {
    size_t phases = frame->phases, part = frame->line / phases;
    for (size_t channel = 0; channel < frame->channels; channel++, out += frame->rows * frame->line) {
        for (size_t row = 0; row < frame->height; row++, image += frame->width) {
            float *to = out + (frame->top + row) * frame->line;
            if (phases == 1) {
                copy_row(to + frame->left, image, frame->width);
                continue;
            }
            for (size_t phase = 0; phase < phases; phase++) {
                size_t first = (phase + phases - frame->left % phases) % phases;
                float *run = to + phase * part + (frame->left + first) / phases;
                for (size_t column = first; column < frame->width; column += phases) *run++ = image[column];
            }
        }
    }
}

/* Visits all filters, as `packed` in the packed weights and `plain` in the others. */
#define FOR_EACH_FILTER(LAYOUT, BODY)                                                                             \
    size_t lanes = nnd_convolution_lanes((LAYOUT)->filters), pair = 2 * lanes;                                    \
    size_t depth = (LAYOUT)->channels * (LAYOUT)->taps;                                                           \
    for (size_t filter = 0; filter < (LAYOUT)->filters; filter++) {                                               \
        size_t block = filter / pair * pair, pitch = (LAYOUT)->filters - block > lanes ? pair : lanes;            \
        size_t packed = block * depth + filter - block;                                                           \
        for (size_t channel = 0; channel < (LAYOUT)->channels; channel++) {                                       \
            size_t first = filter * (LAYOUT)->filter_stride + channel * (LAYOUT)->channel_stride;                 \
            for (size_t tap = 0; tap < (LAYOUT)->taps; tap++, packed += pitch) {                                  \
                size_t plain = first + (LAYOUT)->numbers[tap];                                                    \
                BODY;                                                                                             \
            }                                                                                                     \
        }                                                                                                         \
    }

void nnd_pack_filters(float *out, const float *weights, const struct nnd_filters *layout) {
    FOR_EACH_FILTER(layout, out[packed] = weights[plain])
}

void nnd_unpack_filters(float *weights, const float *in, int accumulate, const struct nnd_filters *layout) {
    FOR_EACH_FILTER(layout, weights[plain] = accumulate ? weights[plain] + in[packed] : in[packed])
}
