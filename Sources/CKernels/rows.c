#include "CKernels.h"
#include "for_each_cpu.h"

#pragma STDC FP_CONTRACT OFF

FOR_EACH_CPU void nnd_bytes(float *restrict out, const uint8_t *restrict x, size_t count) {
    for (size_t i = 0; i < count; i++) out[i] = (float)x[i];
}

FOR_EACH_CPU void nnd_bytes_divided(float *restrict out, const uint8_t *restrict x, float divisor, size_t count) {
    for (size_t i = 0; i < count; i++) out[i] = (float)x[i] / divisor;
}

FOR_EACH_CPU void nnd_bytes_scaled(float *restrict out, const uint8_t *restrict x, float high, float low,
                                   size_t count) {
    for (size_t i = 0; i < count; i++) out[i] = (float)x[i] * high + (float)x[i] * low;
}

FOR_EACH_CPU void nnd_bytes_standardized(float *restrict out, const uint8_t *restrict x, const float *restrict means,
                                         const float *restrict divisors, size_t count) {
    for (size_t i = 0; i < count; i++) out[i] = ((float)x[i] - means[i]) / divisors[i];
}

FOR_EACH_CPU void nnd_floats_divided(float *restrict out, const float *restrict x, float divisor, size_t count) {
    for (size_t i = 0; i < count; i++) out[i] = x[i] / divisor;
}

FOR_EACH_CPU void nnd_floats_standardized(float *restrict out, const float *restrict x, const float *restrict means,
                                          const float *restrict divisors, size_t count) {
    for (size_t i = 0; i < count; i++) out[i] = (x[i] - means[i]) / divisors[i];
}

void nnd_prefetch(const void *start, size_t size) {
    for (size_t i = 0; i < size; i += 64) __builtin_prefetch((const char *)start + i);
}
