#include "CKernels.h"

#include <string.h>

void nnd_spread_largest(float *restrict out, const float *restrict upstream, const float *restrict y,
                        const int32_t *restrict positions, size_t planes, size_t count, size_t size) {
    memset(out, 0, planes * size * sizeof *out);
    for (size_t plane = 0; plane < planes; plane++, out += size, upstream += count, positions += count) {
        if (y) {
            for (size_t i = 0; i < count; i++) out[positions[i]] = y[i] > 0 ? upstream[i] : 0;
            y += count;
        } else {
            for (size_t i = 0; i < count; i++) out[positions[i]] = upstream[i];
        }
    }
}
