#include "CKernels.h"
#include "for_each_cpu.h"
#include "lanes.h"

#include <math.h>

/* A row goes through three loops: its largest number is taken off, the exponentials are computed, the sum is divided by.
   Each loop runs over several rows before the next begins, so that short rows do not wait for one another's results. */

enum {
    WIDTH = 16,
    /* How many numbers take part before the next loop begins: they stay in the first cache. */
    BLOCK = 4096,
};

INLINE size_t rows_of_block(size_t rows, size_t columns) {
    size_t some = columns == 0 || columns >= BLOCK ? 1 : BLOCK / columns;
    return rows < some ? rows : some;
}

/* a where the mask is set, else b. */
INLINE void choose(float16 *out, const integer16 *mask, const float16 *a, const float16 *b) {
    *out = (float16)((*mask & (integer16)*a) | (~*mask & (integer16)*b));
}

/* Up to sixteen numbers, and `rest` in the lanes behind. What lies behind them in memory is read where it belongs to
   the array: where `there` numbers from x on do. */
INLINE void load_lanes(float16 *lanes, const float *x, size_t count, size_t there, float rest) {
    const integer16 numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    float16 others = (float16){0} + rest;
    if (there >= WIDTH) {
        float16 whole;
        memcpy(&whole, x, sizeof whole);
        integer16 mask = numbers < (int32_t)(count < WIDTH ? count : WIDTH);
        choose(lanes, &mask, &whole, &others);
    } else {
        float some[WIDTH];
        memcpy(some, &others, sizeof some);
        copy_some(some, x, count);
        memcpy(lanes, some, sizeof some);
    }
}

/* Writes up to sixteen numbers, and something into what lies behind them where there is room. */
INLINE void store_lanes(float *x, const float16 *lanes, size_t count, size_t room) {
    if (room >= WIDTH) {
        memcpy(x, lanes, sizeof *lanes);
    } else {
        float some[WIDTH];
        memcpy(some, lanes, sizeof some);
        copy_some(x, some, count);
    }
}

/* The larger of each two; of a NaN and a number the latter, if the NaN is the second. */
INLINE void take_larger(float16 *largest, const float16 *x) {
    integer16 mask = *x > *largest;
    choose(largest, &mask, x, largest);
}

INLINE float larger(float a, float b) { return b > a ? b : a; }

INLINE float largest_lane(const float16 *lanes) {
    float16 x = *lanes;
    float16 moved = __builtin_shufflevector(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
    take_larger(&x, &moved);
    moved = __builtin_shufflevector(x, x, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3);
    take_larger(&x, &moved);
    return larger(larger(x[0], x[1]), larger(x[2], x[3]));
}

/* p = z - the largest number of the row, which is the result. A row of infinities or with a NaN has none to take off: NaN
   comes of it. What lies behind p's row is not in use yet. */
INLINE float take_off_largest(float *p, const float *z, size_t count, size_t there) {
    float16 largest = (float16){0} - __builtin_inff(), lanes;
    for (size_t j = 0; j < count; j += WIDTH) {
        load_lanes(&lanes, z + j, count - j, there - j, -__builtin_inff());
        take_larger(&largest, &lanes);
    }
    float shift = largest_lane(&largest);
    for (size_t j = 0; j < count; j += WIDTH) {
        load_lanes(&lanes, z + j, count - j, there - j, 0);
        lanes -= shift;
        store_lanes(p + j, &lanes, count - j, there - j);
    }
    return shift;
}

INLINE void add_lanes(double8 *total, const float16 *x) {
    float8 low = __builtin_shufflevector(*x, *x, 0, 1, 2, 3, 4, 5, 6, 7);
    float8 high = __builtin_shufflevector(*x, *x, 8, 9, 10, 11, 12, 13, 14, 15);
    *total += __builtin_convertvector(low, double8) + __builtin_convertvector(high, double8);
}

INLINE double sum_of_row(const float *p, size_t count, size_t there) {
    double8 total = {0};
    float16 lanes;
    for (size_t j = 0; j < count; j += WIDTH) {
        load_lanes(&lanes, p + j, count - j, there - j, 0);
        add_lanes(&total, &lanes);
    }
    return sum_of_lanes(&total);
}

/* Writes nothing behind the row: the next one, which is read soon, would have to wait for it. */
INLINE void scale_row(float *p, float scale, size_t count, size_t there) {
    float16 lanes;
    for (size_t j = 0; j < count; j += WIDTH) {
        load_lanes(&lanes, p + j, count - j, there - j, 0);
        lanes *= scale;
        store_lanes(p + j, &lanes, count - j, count - j);
    }
}

/* p = e^(z - largest) for rows of one block; `there` numbers from z and from p on belong to the arrays. */
INLINE void exponentials_of_rows(float *p, const float *z, float *largest, size_t rows, size_t columns, size_t there) {
    for (size_t row = 0; row < rows; row++) {
        size_t at = row * columns;
        largest[row] = take_off_largest(p + at, z + at, columns, there - at);
    }
    for (size_t i = 0; i < rows * columns; i++) p[i] = exponential(p[i]);
}

FOR_EACH_CPU void nnd_exponentials(float *restrict p, const float *restrict z, float *restrict largest,
                                   double *restrict totals, size_t rows, size_t columns) {
    for (size_t first = 0, some; first < rows; first += some) {
        some = rows_of_block(rows - first, columns);
        float *block = p + first * columns;
        size_t there = (rows - first) * columns;
        exponentials_of_rows(block, z + first * columns, largest + first, some, columns, there);
        for (size_t row = 0; row < some; row++)
            totals[first + row] = sum_of_row(block + row * columns, columns, there - row * columns);
    }
}

/* p = softmax(z) for rows of one block; gives each row's largest number and sum of exponentials. */
INLINE void softmax_of_rows(float *p, const float *z, float *largest, double *totals, size_t rows, size_t columns,
                            size_t there) {
    exponentials_of_rows(p, z, largest, rows, columns, there);
    for (size_t row = 0; row < rows; row++) {
        size_t at = row * columns;
        totals[row] = sum_of_row(p + at, columns, there - at);
        scale_row(p + at, (float)(1 / totals[row]), columns, there - at);
    }
}

FOR_EACH_CPU void nnd_softmax(float *restrict p, const float *restrict z, size_t rows, size_t columns) {
    float largest[BLOCK];
    double totals[BLOCK];
    for (size_t first = 0, some; first < rows; first += some) {
        some = rows_of_block(rows - first, columns);
        softmax_of_rows(p + first * columns, z + first * columns, largest, totals, some, columns,
                        (rows - first) * columns);
    }
}

FOR_EACH_CPU double nnd_softmax_cross_entropy(float *restrict p, const float *restrict z,
                                              const int32_t *restrict labels, size_t rows, size_t columns) {
    float largest[BLOCK];
    double totals[BLOCK];
    /* The sum of the rows' logarithms is the logarithm of a product: one call for many rows, and in double precision
       just as exact. */
    double loss = 0, product = 1;
    for (size_t first = 0, some; first < rows; first += some) {
        some = rows_of_block(rows - first, columns);
        softmax_of_rows(p + first * columns, z + first * columns, largest, totals, some, columns,
                        (rows - first) * columns);
        for (size_t row = 0; row < some; row++) {
            loss += (double)largest[row] - (double)z[(first + row) * columns + (size_t)labels[first + row]];
            product *= totals[row];
            if (product > 1e200) {
                loss += log(product);
                product = 1;
            }
        }
    }
    return loss + log(product);
}

FOR_EACH_CPU double nnd_soft_cross_entropy(float *restrict p, float *restrict masses, const float *restrict z,
                                           const float *restrict targets, size_t rows, size_t columns) {
    float largest[BLOCK];
    double totals[BLOCK], loss = 0;
    for (size_t first = 0, some; first < rows; first += some) {
        some = rows_of_block(rows - first, columns);
        softmax_of_rows(p + first * columns, z + first * columns, largest, totals, some, columns,
                        (rows - first) * columns);
        for (size_t row = 0; row < some; row++) {
            const float *t = targets + (first + row) * columns, *logits = z + (first + row) * columns;
            double log_sum = (double)largest[row] + log(totals[row]), mass = 0, sum = 0;
            for (size_t j = 0; j < columns; j++) {
                mass += (double)t[j];
                sum += t[j] != 0 ? (double)t[j] * (log_sum - (double)logits[j]) : 0;
            }
            masses[first + row] = (float)mass;
            loss += sum;
        }
    }
    return loss;
}

FOR_EACH_CPU void nnd_softmax_gradient(float *restrict out, const float *restrict upstream,
                                       const float *restrict y, size_t rows, size_t columns) {
    for (size_t row = 0; row < rows; row++) {
        size_t at = row * columns, there = (rows - row) * columns;
        double8 total = {0};
        float16 g, p;
        for (size_t j = 0; j < columns; j += WIDTH) {
            load_lanes(&g, upstream + at + j, columns - j, there - j, 0);
            load_lanes(&p, y + at + j, columns - j, there - j, 0);
            g *= p;
            add_lanes(&total, &g);
        }
        float sum = (float)sum_of_lanes(&total);
        for (size_t j = 0; j < columns; j += WIDTH) {
            load_lanes(&g, upstream + at + j, columns - j, there - j, 0);
            load_lanes(&p, y + at + j, columns - j, there - j, 0);
            g = g * p - p * sum;
            store_lanes(out + at + j, &g, columns - j, there - j);
        }
    }
}

FOR_EACH_CPU void nnd_softmax_cross_entropy_gradient(float *restrict out, const float *restrict p,
                                                     const int32_t *restrict labels, float scale, size_t rows,
                                                     size_t columns) {
    for (size_t i = 0; i < rows * columns; i++) out[i] = p[i] * scale;
    for (size_t row = 0; row < rows; row++) {
        size_t at = row * columns + (size_t)labels[row];
        out[at] = (p[at] - 1) * scale;
    }
}

FOR_EACH_CPU void nnd_soft_cross_entropy_gradient(float *restrict out, const float *restrict p,
                                                  const float *restrict masses, const float *restrict targets,
                                                  float scale, size_t rows, size_t columns) {
    for (size_t row = 0; row < rows; row++, out += columns, p += columns, targets += columns) {
        for (size_t j = 0; j < columns; j++) out[j] = (p[j] * masses[row] - targets[j]) * scale;
    }
}
