#ifndef lanes_h
#define lanes_h

#include "functions.h"

#include <stddef.h>

/* Vectors of a fixed number of numbers, whatever the instruction set: the compiler makes several of one where the CPU's
   are shorter. What is summed in them is summed in the same order everywhere. Passed by address, because the registers
   in which they would be passed differ from one instruction set to the next. */

typedef float float16 __attribute__((vector_size(64)));
typedef float float8 __attribute__((vector_size(32)));
typedef int32_t integer16 __attribute__((vector_size(64)));
typedef double double8 __attribute__((vector_size(64)));
typedef double double4 __attribute__((vector_size(32)));
typedef double double2 __attribute__((vector_size(16)));

/* Fewer than sixteen numbers, without a call for them. */
INLINE void copy_some(float *to, const float *from, size_t count) {
    size_t i = 0;
    if (count & 8) {
        memcpy(to, from, 8 * sizeof *to);
        i = 8;
    }
    if (count & 4) {
        memcpy(to + i, from + i, 4 * sizeof *to);
        i += 4;
    }
    if (count & 2) {
        memcpy(to + i, from + i, 2 * sizeof *to);
        i += 2;
    }
    if (count & 1) to[i] = from[i];
}

/* Eight neighbours in double precision. */
INLINE void load8(double8 *lanes, const float *x) {
    float8 narrow;
    memcpy(&narrow, x, sizeof narrow);
    *lanes = __builtin_convertvector(narrow, double8);
}

/* Up to eight neighbours; zeros in the lanes behind. */
INLINE void load_some(double8 *lanes, const float *x, size_t count) {
    float narrow[8] = {0};
    copy_some(narrow, x, count);
    load8(lanes, narrow);
}

INLINE void store8(float *x, const double8 *lanes) {
    float8 narrow = __builtin_convertvector(*lanes, float8);
    memcpy(x, &narrow, sizeof narrow);
}

INLINE void store_some(float *x, const double8 *lanes, size_t count) {
    float narrow[8];
    store8(narrow, lanes);
    copy_some(x, narrow, count);
}

/* The sum of the lanes: each with the one that lies half of the vector further, until one is left. */
INLINE double sum_of_lanes(const double8 *lanes) {
    double4 four = __builtin_shufflevector(*lanes, *lanes, 0, 1, 2, 3)
        + __builtin_shufflevector(*lanes, *lanes, 4, 5, 6, 7);
    double2 two = __builtin_shufflevector(four, four, 0, 1) + __builtin_shufflevector(four, four, 2, 3);
    return two[0] + two[1];
}

/* The sum of `count` neighbours in double precision: sixteen lanes, then what is left over, then the lanes. */
INLINE double sum_of_neighbours(const float *x, size_t count) {
    double8 low = {0}, high = {0}, a, b;
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        load8(&a, x + i);
        load8(&b, x + i + 8);
        low += a;
        high += b;
    }
    if (i + 8 <= count) {
        load8(&a, x + i);
        low += a;
        i += 8;
    }
    if (i < count) {
        load_some(&b, x + i, count - i);
        high += b;
    }
    low += high;
    return sum_of_lanes(&low);
}

/* The sum of (x - centre)^2 of `count` neighbours, in the same way. */
INLINE double sum_of_squared_distances(const float *x, double centre, size_t count) {
    double8 low = {0}, high = {0}, a, b;
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        load8(&a, x + i);
        load8(&b, x + i + 8);
        low += (a - centre) * (a - centre);
        high += (b - centre) * (b - centre);
    }
    low += high;
    double total = sum_of_lanes(&low);
    for (; i < count; i++) total += ((double)x[i] - centre) * ((double)x[i] - centre);
    return total;
}

#endif
