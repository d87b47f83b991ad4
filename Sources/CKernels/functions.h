#ifndef functions_h
#define functions_h

#include <stdint.h>
#include <string.h>

/* exp and its relatives for one number, in arithmetic that is the same in a vector of any length: no calls, no branches,
   no fused multiply-adds. A loop over an array becomes vectors of them.

   Cephes' expf, logf and polynomials (S. Moshier), and our own for erf. Not the C library's, whose last bits differ from
   one version to the next. */

#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))

INLINE uint32_t bits_of(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

INLINE float float_of(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* 2^n for -126 <= n <= 127. */
INLINE float power_of_two(int32_t n) { return float_of((uint32_t)(n + 127) << 23); }

/* Adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the low bits of the sum. */
#define ROUNDING 12582912.0f

/* x = n log 2 + rest, with |rest| <= log(2) / 2 and n as ROUNDING leaves it. */
INLINE float split_exponent(float x, float *rest) {
    float rounded = x * 1.44269504f + ROUNDING;
    float n = rounded - ROUNDING;
    *rest = (x - n * 0.693359375f) - n * -2.12194440e-4f;
    return rounded;
}

/* (e^r - 1 - r) / r^2 for |r| <= log(2) / 2. */
INLINE float exponential_tail(float r) {
    float s = r * r;
    float high = (r * 1.98756915e-4f + 1.39819995e-3f) * s + (r * 8.333452e-3f + 4.1665796e-2f);
    return high * s + (r * 0.16666665f + 0.5f);
}

/* e^x, within 2 units in the last place. */
INLINE float exponential(float x) {
    /* Beyond these the result is infinite or zero in Float32 anyway; within them 2^n below stays representable. */
    float clamped = x < -104 ? -104 : x > 89 ? 89 : x;
    float r;
    float rounded = split_exponent(clamped, &r);
    float y = exponential_tail(r) * (r * r) + r + 1;
    /* 2^n in two factors, so that n may reach past the exponents of normal numbers. */
    int32_t whole = (int32_t)(bits_of(rounded) - bits_of(ROUNDING));
    int32_t half = whole >> 1;
    return y * power_of_two(half) * power_of_two(whole - half);
}

/* e^x - 1 for x <= 80, with its digits also near zero; -1 from -26 down. */
INLINE float exponential_minus_one(float x) {
    float clamped = x < -26 ? -26 : x;
    float r;
    float rounded = split_exponent(clamped, &r);
    float near = exponential_tail(r) * (r * r) + r;
    float power = power_of_two((int32_t)(bits_of(rounded) - bits_of(ROUNDING)));
    return near * power + (power - 1);
}

/* tanh |x| = (e^2|x| - 1) / (e^2|x| + 1), within 3 units in the last place. */
INLINE float hyperbolic_tangent(float x) {
    float magnitude = float_of(bits_of(x) & 0x7FFFFFFFu);
    /* From 9.02 on the result is 1 in Float32. */
    float e = exponential_minus_one(magnitude > 10 ? 20 : magnitude + magnitude);
    return float_of(bits_of(e / (e + 2)) | (bits_of(x) & 0x80000000u));
}

/* 1 / (1 + e^-x) */
INLINE float logistic(float x) { return 1 / (1 + exponential(-x)); }

/* log(1 + f) + n log 2 + c, for 1 + f from sqrt(1/2) to sqrt(2). */
INLINE float logarithm_of_parts(float f, float n, float c) {
    float z = f * f;
    float p = f * 7.0376836e-2f - 0.1151461f;
    p = p * f + 0.11676999f;
    p = p * f - 0.12420141f;
    p = p * f + 0.14249323f;
    p = p * f - 0.16668058f;
    p = p * f + 0.20000715f;
    p = p * f - 0.24999994f;
    p = p * f + 0.3333333f;
    float low = p * f * z + (n * -2.12194440e-4f + c);
    return (low - 0.5f * z + f) + n * 0.693359375f;
}

/* n and f with x = 2^n (1 + f) and 1 + f from sqrt(1/2) to sqrt(2), for normal x. */
INLINE float split_mantissa(float x, float *f) {
    const uint32_t root_of_half = 0x3F3504F3u;
    uint32_t bits = bits_of(x) - root_of_half;
    *f = float_of((bits & 0x007FFFFFu) + root_of_half) - 1;
    return (float)((int32_t)bits >> 23);
}

INLINE float logarithm_with_exceptions(float y, float x) {
    y = x == 0 ? -__builtin_inff() : y;
    y = x < 0 ? __builtin_nanf("") : y;
    /* Infinity, and a NaN as it is. */
    return x > 3.4028234664e38f || x != x ? x : y;
}

/* log x, within 2 units in the last place. 0 gives -infinity, a negative number NaN. */
INLINE float logarithm(float x) {
    /* A denormal number is made normal by 2^25. */
    int is_small = x < 1.17549435e-38f;
    float f;
    float n = split_mantissa(is_small ? x * 0x1p25f : x, &f);
    return logarithm_with_exceptions(logarithm_of_parts(f, is_small ? n - 25 : n, 0), x);
}

/* log(1 + x), within 2 units in the last place also where x is tiny. -1 gives -infinity, less gives NaN. */
INLINE float logarithm_of_one_plus(float x) {
    float u = 1 + x;
    float f;
    float n = split_mantissa(u, &f);
    /* Without an exponent, x itself is what the polynomial wants; else the rounding of 1 + x, at most half a unit, is
       put back by the derivative 1 / u (fdlibm, s_log1p.c). */
    int is_near = n == 0;
    float lost = x > 1 ? 1 - (u - x) : x - (u - 1);
    float y = logarithm_of_parts(is_near ? x : f, n, is_near ? 0 : lost / u);
    y = logarithm_with_exceptions(y, u);
    return x == 0 ? x : y;
}

/* erf x = 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x, within 2 units in the last place.

   A polynomial in x^2 near zero and 1 - exp of a polynomial elsewhere. Both are minimax fits of our own:
   Tests/Fixtures/error_function_coefficients.py makes them. */
INLINE float error_function(float x) {
    float s = x * x;
    float p = s * -5.9195614e-4f + 4.9791653e-3f;
    p = p * s - 2.6757067e-2f;
    p = p * s + 0.11281554f;
    p = p * s - 0.37612468f;
    p = p * s + 0.12837915f;
    float near = p * x + x;

    float magnitude = float_of(bits_of(x) & 0x7FFFFFFFu);
    /* From 3.92 on the result is 1 in Float32. */
    float t = magnitude > 4 ? 4 : magnitude;
    float q = t * -1.1890574e-5f + 3.2942282e-4f;
    q = q * t - 3.6694612e-3f;
    q = q * t + 2.3819378e-2f;
    q = q * t - 0.10630368f;
    q = q * t - 0.63511074f;
    q = q * t - 1.1286585f;
    float far = 1 - exponential(q * t);
    float signed_far = float_of(bits_of(far) | (bits_of(x) & 0x80000000u));
    return magnitude < 0.9375f || x != x ? near : signed_far;
}

#endif
