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

/* The bits of a magnitude, as whole numbers, are in the order of the magnitudes, with infinity and NaN at the end. */
FOR_EACH_CPU float nnd_magnitude(const float *x, size_t count) {
    uint32_t largest = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, x + i, sizeof bits);
        bits &= 0x7FFFFFFFu;
        largest = bits > largest ? bits : largest;
    }
    float result;
    memcpy(&result, &largest, sizeof result);
    return result;
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
    float result;
    memcpy(&result, &largest, sizeof result);
    return result;
}

enum { PHILOX_LANES = 16 };

/* Ten rounds for sixteen blocks at a time, block i in lane i, so that the compiler finds vectors. */
static inline __attribute__((always_inline)) void
philox_blocks(uint32_t words[4][PHILOX_LANES], uint32_t key0, uint32_t key1) {
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < PHILOX_LANES; i++) {
            uint64_t a = (uint64_t)0xD2511F53u * words[0][i];
            uint64_t b = (uint64_t)0xCD9E8D57u * words[2][i];
            words[0][i] = (uint32_t)(b >> 32) ^ words[1][i] ^ key0;
            words[2][i] = (uint32_t)(a >> 32) ^ words[3][i] ^ key1;
            words[1][i] = (uint32_t)b;
            words[3][i] = (uint32_t)a;
        }
        key0 += 0x9E3779B9u;
        key1 += 0xBB67AE85u;
    }
}

FOR_EACH_CPU void nnd_dropout_mask(float *restrict mask, struct nnd_philox_place place, uint32_t dropped_below,
                                   float kept, uint64_t first, size_t count) {
    uint64_t block = first / 4;
    size_t skip = first % 4, done = 0;
    while (done < count) {
        uint32_t words[4][PHILOX_LANES];
        for (int i = 0; i < PHILOX_LANES; i++) {
            words[0][i] = (uint32_t)(block + i);
            words[1][i] = place.stream;
            words[2][i] = place.purpose;
            words[3][i] = (uint32_t)((block + i) >> 32);
        }
        philox_blocks(words, place.key0, place.key1);
        float out[4 * PHILOX_LANES];
        for (int i = 0; i < PHILOX_LANES; i++) {
            for (int word = 0; word < 4; word++) out[4 * i + word] = words[word][i] < dropped_below ? 0 : kept;
        }
        size_t some = 4 * PHILOX_LANES - skip < count - done ? 4 * PHILOX_LANES - skip : count - done;
        memcpy(mask + done, out + skip, some * sizeof *out);
        done += some;
        block += PHILOX_LANES;
        skip = 0;
    }
}
