#include "convolution.h"

#include <math.h>
#include <string.h>

/* Unlike the loops of kernels.c these multiply and add in one rounding where the CPU can. */
#pragma STDC FP_CONTRACT ON

#define INLINE static inline __attribute__((always_inline))
#define NEVER_INLINE static __attribute__((noinline))
#define UNROLL _Pragma("clang loop unroll(full)")

#if defined(__x86_64__)
#define KEEP_IN_REGISTER(x) __asm__("" : "+v"(x))
#else
#define KEEP_IN_REGISTER(x) (void)(x)
#endif

#define UP(D, J) ((J) & (D) ? N + (J) - (D) : (J))
#define LOW(D, J) ((J) & (D) ? N + (J) : (J) + (D))
#define FOUR(M, D, J) M(D, (J)), M(D, (J) + 1), M(D, (J) + 2), M(D, (J) + 3)

#define N LANES
#define LANES 4
#define WIDTH 4
#define SUMS 12
#define NAMED(x) x##_base
#define UPPER_base(D) FOUR(UP, D, 0)
#define LOWER_base(D) FOUR(LOW, D, 0)
enum { longest_run_base = 5 };
#include "convolution_tiles.h"
#undef LANES
#undef NAMED

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#undef WIDTH
#define LANES 8
#define WIDTH 6
#define NAMED(x) x##_v3
#define UPPER_v3(D) FOUR(UP, D, 0), FOUR(UP, D, 4)
#define LOWER_v3(D) FOUR(LOW, D, 0), FOUR(LOW, D, 4)
enum { longest_run_v3 = 5 };
#include "convolution_tiles.h"
#undef LANES
#undef NAMED
#undef WIDTH
#undef SUMS
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
#define LANES 16
#define WIDTH 14
#define SUMS 28
#define NAMED(x) x##_v4
#define UPPER_v4(D) FOUR(UP, D, 0), FOUR(UP, D, 4), FOUR(UP, D, 8), FOUR(UP, D, 12)
#define LOWER_v4(D) FOUR(LOW, D, 0), FOUR(LOW, D, 4), FOUR(LOW, D, 8), FOUR(LOW, D, 12)
enum { longest_run_v4 = 7 };
#include "convolution_tiles.h"
#pragma clang attribute pop
#endif

enum instructions { BASE, V3, V4 };

/* Few filters would leave most of a long vector empty. */
static enum instructions instructions_for(size_t filters) {
#if defined(__x86_64__)
    if (filters > 8 && __builtin_cpu_supports("x86-64-v4")) return V4;
    if (__builtin_cpu_supports("x86-64-v3")) return V3;
#endif
    (void)filters;
    return BASE;
}

#if defined(__x86_64__)
#define CALL(FUNCTION, FILTERS, ...)                                                                              \
    switch (instructions_for(FILTERS)) {                                                                          \
        case V4: return FUNCTION##_v4(__VA_ARGS__);                                                               \
        case V3: return FUNCTION##_v3(__VA_ARGS__);                                                               \
        case BASE: return FUNCTION##_base(__VA_ARGS__);                                                           \
    }
#else
#define CALL(FUNCTION, FILTERS, ...) return FUNCTION##_base(__VA_ARGS__);
#endif

size_t nnd_convolution_lanes(size_t filters) {
    enum instructions found = instructions_for(filters);
    return found == V4 ? 16 : found == V3 ? 8 : 4;
}

void nnd_convolve(float *y, const float *source, const float *weights, const float *bias, int relu,
                  const struct nnd_window *window) {
    CALL(convolve, window->filters, y, source, weights, bias, relu, window)
}

void nnd_convolve_squares(float *y, int32_t *positions, const float *source, const float *weights, const float *bias,
                          int relu, const struct nnd_window *window) {
    CALL(convolve_squares, window->filters, y, positions, source, weights, bias, relu, window)
}

void nnd_correlate(float *weights, const float *source, const float *y, const struct nnd_window *window) {
    CALL(correlate, window->filters, weights, source, y, window)
}

void nnd_pack_pixels(float *out, const float *y, double *totals, size_t filters, size_t pixels) {
    CALL(pack_pixels, filters, out, y, totals, filters, pixels)
}
