#include "CKernels.h"
#include "for_each_cpu.h"

#include <stdint.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

FOR_EACH_CPU void nnd_add(float *restrict y, const float *restrict x, size_t count) {
    for (size_t i = 0; i < count; i++) y[i] += x[i];
}

FOR_EACH_CPU void nnd_average(float *restrict a, const float *restrict x, float rest, float momentum, size_t count) {
    for (size_t i = 0; i < count; i++) a[i] = rest * a[i] + momentum * x[i];
}

FOR_EACH_CPU void nnd_add_to_rows(float *restrict y, const float *restrict bias, size_t rows, size_t columns) {
    for (size_t row = 0; row < rows; row++, y += columns) {
        for (size_t j = 0; j < columns; j++) y[j] += bias[j];
    }
}

FOR_EACH_CPU void nnd_bias_relu(float *restrict y, const float *restrict bias, size_t rows, size_t columns) {
    for (size_t row = 0; row < rows; row++, y += columns) {
        if (bias) {
            for (size_t j = 0; j < columns; j++) {
                float value = y[j] + bias[j];
                y[j] = value < 0 ? 0 : value;
            }
        } else {
            for (size_t j = 0; j < columns; j++) y[j] = y[j] < 0 ? 0 : y[j];
        }
    }
}

FOR_EACH_CPU void nnd_relu_gradient(float *restrict out, const float *restrict upstream,
                                    const float *restrict y, size_t count) {
    for (size_t i = 0; i < count; i++) out[i] = y[i] > 0 ? upstream[i] : 0;
}

FOR_EACH_CPU int nnd_all_finite(const float *x, size_t count) {
    /* The exponent's bits are all set in an infinity and a NaN and in nothing else; adding one to them carries. */
    uint32_t carried = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, x + i, sizeof bits);
        carried |= (bits & 0x7F800000u) + 0x00800000u;
    }
    return (carried & 0x80000000u) == 0;
}
