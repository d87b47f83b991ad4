#include "CKernels.h"
#include "for_each_cpu.h"

#include <stdint.h>
#include <string.h>

/* The bits of a magnitude, as whole numbers, are in the order of the magnitudes, with infinity and NaN at the end. */
static float of_bits(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

FOR_EACH_CPU float nnd_magnitude(const float *x, size_t count) {
    uint32_t largest = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, x + i, sizeof bits);
        bits &= 0x7FFFFFFFu;
        largest = bits > largest ? bits : largest;
    }
    return of_bits(largest);
}

FOR_EACH_CPU float nnd_copy_with_magnitude(float *restrict y, const float *restrict x, size_t count) {
    uint32_t largest = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, x + i, sizeof bits);
        memcpy(y + i, &bits, sizeof bits);
        bits &= 0x7FFFFFFFu;
        largest = bits > largest ? bits : largest;
    }
    return of_bits(largest);
}
