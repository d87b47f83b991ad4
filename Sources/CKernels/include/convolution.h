#ifndef convolution_h
#define convolution_h

#include <stddef.h>
#include <stdint.h>

/// Convolutions of one image, directly: no matrix of windows is written out.
///
/// Filters lie side by side in a vector, and each pixel that a window touches is multiplied with all of them. Weights
/// are packed for that: [blocks of two vectors of filters][channels][taps][filters of the block]. The last block is
/// one vector when it has filters for no more; what fills up the last vector is zero. Sums are in Float32, in one
/// rounding with the products where the CPU can, so the bits depend on its instruction set and on nothing else.

/// How windows lie over a source, which is an image with its padding written out, so that no window leaves it.
struct nnd_window {
    /// What each sum runs over.
    size_t channels, taps;
    /// Where each tap lies, counted from where the window's first row and column begin.
    const ptrdiff_t *offsets;
    /// How many taps in a row are neighbours in the source. Divides `taps`; 1 is always right.
    size_t run;
    /// The floats from one channel of the source to the next, and from one row of windows to the next. Neighbouring
    /// windows of a row are neighbours in the source.
    ptrdiff_t plane, line;
    /// The sizes of the result, and rows * columns.
    size_t filters, rows, columns, places;
};

/// The floats of a vector for so many filters.
size_t nnd_convolution_lanes(size_t filters);

/// y[filter, row, column] = bias[filter] + the sum over channels and taps; negative numbers become 0 when `relu` is
/// not 0. `bias` may be null.
void nnd_convolve(float *y, const float *source, const float *weights, const float *bias, int relu,
                  const struct nnd_window *window);

/// The largest of each square of 2 x 2 numbers that `nnd_convolve` would write, and where in its plane it lies: the
/// first of equals, and a NaN before all. An odd row or column at the end is left out.
void nnd_convolve_squares(float *y, int32_t *positions, const float *source, const float *weights, const float *bias,
                          int relu, const struct nnd_window *window);

/// weights[filter, channel, tap] += the sum over rows and columns of y times the cell under the tap; `weights` and
/// `y` are packed.
void nnd_correlate(float *weights, const float *source, const float *y, const struct nnd_window *window);

/// Packs y [filters, pixels] for `nnd_correlate`: [blocks][pixels][filters of the block]. Adds each filter's sum in
/// double precision to `totals`, which may be null.
void nnd_pack_pixels(float *out, const float *y, double *totals, size_t filters, size_t pixels);

/// Where an image goes in a source.
struct nnd_frame {
    size_t channels, height, width;
    /// Rows above the image, columns to its left, and the source's rows and the floats of one.
    size_t top, left, rows, line;
    /// Column c of a source lies at c / phases in part c % phases of its row, so that windows `phases` apart are
    /// neighbours. Divides `line`.
    size_t phases;
};

/// Copies an image into a source; what lies around it stays as it was.
void nnd_place_image(float *out, const float *image, const struct nnd_frame *frame);

/// Where the weight of filter f, channel c and tap t lies: at f * filter_stride + c * channel_stride + numbers[t].
struct nnd_filters {
    size_t filters, channels, taps, filter_stride, channel_stride;
    const size_t *numbers;
};

/// Packs weights. What fills up the last vector stays as it was.
void nnd_pack_filters(float *out, const float *weights, const struct nnd_filters *layout);

/// weights = or += the packed numbers.
void nnd_unpack_filters(float *weights, const float *in, int accumulate, const struct nnd_filters *layout);

#endif
