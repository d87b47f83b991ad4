#ifndef reductions_h
#define reductions_h

#include <stddef.h>
#include <stdint.h>

// Sums are in double precision, in an order that depends on the sizes alone.

/// The sum of x[i].
double nnd_sum(const float *x, size_t count);

/// The sum of (x[i] - centre)^2.
double nnd_sum_of_squared_distances(const float *x, double centre, size_t count);

/// out[j] (+)= the sum over i of x[i, j], row by row, rounded once.
void nnd_sum_rows(float *out, const float *x, size_t rows, size_t columns, int accumulate);

/// out[j] = the mean over i of x[i, j], row by row, rounded once; NaN without rows.
void nnd_mean_of_rows(float *out, const float *x, size_t rows, size_t columns);

/// out[place, :] (+)= the sum of x[source, :] over the sources of a place, sources[starts[place]] to
/// sources[starts[place + 1] - 1], in their order.
void nnd_sum_by_index(float *out, const float *x, const ptrdiff_t *starts, const int32_t *sources, size_t count,
                      size_t columns, int accumulate);

/// How many rows have their largest number at their label. Of equal numbers the first one counts; a row with a NaN and a
/// label outside of the row do not.
size_t nnd_rows_with_largest_at(const float *x, const int32_t *labels, size_t rows, size_t columns);

#endif
